namespace IotAttest.Service.Brokers;

/// <summary>How long to wait before the next connection: twice as long each time, half of it by chance, so that verifiers do not come back all at once.</summary>
internal sealed class BackOff(TimeSpan longest)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    private TimeSpan _next = Shortest;

    public TimeSpan Next()
    {
        TimeSpan wait = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < longest ? _next * 2 : longest;
        return wait;
    }

    public void Reset() => _next = Shortest;
}
