namespace IotAttest.Conformance;

/// <summary>A clock that can be put forward, so that nobody waits eleven minutes for silence to count.</summary>
internal sealed class BenchClock(TimeProvider inner) : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + _ahead;

    public void Advance(TimeSpan time) => _ahead += time;
}
