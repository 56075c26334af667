namespace IotAttest.Cli.Simulation;

/// <summary>When a simulation ends by itself, and whether it was one.</summary>
/// <param name="IsOnce">As soon as every board has a result.</param>
/// <param name="After">After this time; zero runs until somebody stops it.</param>
internal sealed record SimulationEnd(bool IsOnce, TimeSpan After)
{
    public bool IsReached(FleetCounts counts) => IsOnce && counts.Answered == counts.Boards;

    public bool IsOver(TimeSpan elapsed) => After > TimeSpan.Zero && elapsed >= After;

    /// <summary>Who stops it by hand has seen the counts; a script that waits for results, or gave it time, must not take silence for success.</summary>
    public bool HasRun(FleetCounts counts) => IsOnce ? IsReached(counts) : After == TimeSpan.Zero || counts.Answered > 0;
}
