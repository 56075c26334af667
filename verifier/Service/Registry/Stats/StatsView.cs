namespace IotAttest.Service.Registry.Stats;

/// <summary>The registry in figures, for everybody. None is about one board, one person or one case.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="Certificates">All certificates, whatever became of them.</param>
/// <param name="Builds">All builds.</param>
/// <param name="Changes">What happened in the registry lately.</param>
/// <param name="Boards">How boards do, over all builds that run on enough of them.</param>
internal sealed record StatsView(string AsOf, CertificateStats Certificates, BuildStats Builds, ChangeStats Changes, LiveTotals Boards);

/// <summary>Certificates, counted.</summary>
/// <param name="Total">All.</param>
/// <param name="ByStatus">By the word of their status; those past their end are Expired.</param>
/// <param name="BySchemeAndLevel">By scheme and level.</param>
internal sealed record CertificateStats(long Total, IReadOnlyDictionary<string, long> ByStatus, IReadOnlyList<SchemeStats> BySchemeAndLevel);

/// <summary>The certificates of one level of a scheme.</summary>
/// <param name="Scheme">The id of the scheme.</param>
/// <param name="Level">The code of the level.</param>
/// <param name="Total">All.</param>
/// <param name="InForce">Those with the status Certified.</param>
internal sealed record SchemeStats(string Scheme, string Level, long Total, long InForce);

/// <summary>Builds, counted.</summary>
/// <param name="Total">All.</param>
/// <param name="Superseded">Those with a successor.</param>
/// <param name="Retired">Those that their maker retired.</param>
internal sealed record BuildStats(long Total, long Superseded, long Retired);

/// <summary>Changes, as <c>GET /v1/registry/changes</c> lists them, counted.</summary>
/// <param name="Since">From when on: 30 days ago.</param>
/// <param name="Total">All of them.</param>
/// <param name="ByType">By type of event; a type without any is left out.</param>
internal sealed record ChangeStats(string Since, long Total, IReadOnlyDictionary<string, long> ByType);
