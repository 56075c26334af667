namespace IotAttest.Conformance;

/// <summary>What a report is about.</summary>
/// <param name="Kind">simulated, mqtt, manifest or evidence.</param>
/// <param name="Ueid">The board, as 34 hex digits; null when it is not known.</param>
/// <param name="Class">The product model; null when it is not known.</param>
/// <param name="ManifestDigest">The file of the build's manifest, as <c>sha256:</c> and hex; null when it was not given.</param>
/// <param name="Version">The version of the build; null when it is not known.</param>
public sealed record ReportTarget(string Kind, string? Ueid, string? Class, string? ManifestDigest, string? Version)
{
    internal static ReportTarget Of(ConformanceSubject subject) => new(
        Word(subject.Kind),
        subject.Device?.Ueid ?? UeidIn(subject),
        (subject.Device?.ClassId ?? subject.Manifest?.Manifest?.ClassId)?.ToString("D"),
        subject.Manifest?.Digest.ToString(),
        subject.Manifest?.Manifest?.Version);

    private static string Word(TargetKind kind) => kind switch
    {
        TargetKind.Simulated => "simulated",
        TargetKind.Mqtt => "mqtt",
        TargetKind.Manifest => "manifest",
        TargetKind.Evidence => "evidence",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string? UeidIn(ConformanceSubject subject) =>
        subject.Evidence.Select(sample => sample.Claims).FirstOrDefault(claims => claims is not null) is { } claims ? Convert.ToHexStringLower(claims.Ueid.Span) : null;
}
