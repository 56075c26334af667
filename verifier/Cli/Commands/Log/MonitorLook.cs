using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary>One look at a log.</summary>
/// <param name="Before">Its size at the look before.</param>
/// <param name="Now">Its size now.</param>
/// <param name="Findings">What is wrong; empty when the log only grew.</param>
internal sealed record MonitorLook(long Before, long Now, IReadOnlyList<LogFinding> Findings)
{
    public bool IsAltered => Findings.Count > 0;
}
