namespace IotAttest.Cli.Demo;

/// <summary>The names in the demo, and its shortened times.</summary>
internal static class DemoNames
{
    public const string Manufacturer = "acme";
    public const string Body = "demo-cb";
    public const string Scheme = "demo";

    public static readonly TimeSpan AttestEvery = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan SilenceGrace = TimeSpan.FromSeconds(3);

    /// <summary>How long a verdict holds without new evidence.</summary>
    public static TimeSpan SilentAfter => (AttestEvery * 2) + SilenceGrace;
}
