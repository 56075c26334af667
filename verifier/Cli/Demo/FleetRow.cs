namespace IotAttest.Cli.Demo;

/// <summary>What the verifier says about one board; the words are those of its API.</summary>
/// <remarks>Build is the version of the matched build, or null; AsOf the time of the challenge that was answered last (RFC 3339), or null.</remarks>
internal sealed record FleetRow(
    string Board, string Ueid, string Product, string EvidenceStrength, string Conformity, string[] Drift, string? Build, string? AsOf, string NextStep, string Responsible);
