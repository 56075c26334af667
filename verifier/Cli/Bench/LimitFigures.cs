namespace IotAttest.Cli.Bench;

/// <summary>What one core does when it does nothing else.</summary>
internal sealed record LimitFigures(double VerificationsPerSecond, double SignaturesPerSecond, double MacsPerSecond);
