namespace IotAttest.Cli.Commands.Device;

/// <summary>Where a factory run writes.</summary>
/// <param name="Records">Enrolment records, for the verifier.</param>
/// <param name="Secrets">Everything about each board, for the factory.</param>
/// <param name="BoardLines">One line for each board's provisioning firmware; null when nobody asked.</param>
internal sealed record LinePaths(string Records, string Secrets, string? BoardLines)
{
    public string[] All => BoardLines is null ? [Records, Secrets] : [Records, Secrets, BoardLines];
}
