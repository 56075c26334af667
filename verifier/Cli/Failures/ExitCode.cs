namespace IotAttest.Cli.Failures;

/// <summary>How a command ended (DESIGN.md section 9).</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The thing checked does not hold.</summary>
    public const int DoesNotHold = 1;

    public const int WrongUsage = 2;

    public const int Fault = 3;
}
