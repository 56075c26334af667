namespace IotAttest.Cli.Bench.Veraison;

/// <summary>A run with a store of this size, beside what was published of one.</summary>
/// <param name="Entries">Reference entries when the users began to verify.</param>
/// <param name="Builds">The builds that they are in.</param>
/// <param name="OpenSeconds">How long a verifier took to open the store.</param>
/// <param name="ResidentBytes">Memory of the verifier afterwards.</param>
/// <param name="Verify">Users that only verify.</param>
/// <param name="Provision">Users that only submit builds, right afterwards.</param>
/// <param name="PublishedPerSecond">The published rate of verification, or null.</param>
/// <param name="PublishedRatio">That by the rate of the smallest published store.</param>
internal sealed record VeraisonWeightRow(
    int Entries, int Builds, double OpenSeconds, long ResidentBytes, UserLoadFigures Verify, UserLoadFigures Provision, double? PublishedPerSecond, double? PublishedRatio);
