namespace IotAttest.Cli.Demo;

/// <summary>What the verifier says about one board; the words are those of its API.</summary>
/// <param name="Build">The version of the matched build, or null.</param>
/// <param name="AsOf">The time of the challenge that was answered last (RFC 3339), or null.</param>
internal sealed record FleetRow(
    string Board, string Ueid, string Product, string EvidenceStrength, string Conformity, string[] Drift, string? Build, string? AsOf, string NextStep, string Responsible);
