namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What a user does at one go, drawn at random with equal weights.</summary>
internal enum UserTask
{
    WellKnown,
    Provision,
    Verify,
}
