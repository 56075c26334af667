namespace IotAttest.Conformance;

/// <summary>How long the tool waits.</summary>
public sealed record ConformanceTimes
{
    /// <summary>For an answer that must come.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For an answer that must not come.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a board to come back after a step.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Between the two pieces of evidence that show the board's own clock.</summary>
    public TimeSpan Uptime { get; init; } = TimeSpan.FromSeconds(2);
}
