using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Policies;

/// <summary>One version of a policy: what evidence must be so that a certificate of a level counts for a board. Never changed; another version takes its place.</summary>
/// <param name="Id"><c>default</c> for the policy of every board, else the scheme, a dot and the level.</param>
/// <param name="Version">From 1; each version is one more than the last.</param>
/// <param name="Scheme">The scheme; null for <c>default</c>.</param>
/// <param name="Level">The level; null for <c>default</c>.</param>
/// <param name="MinimumEvidenceStrength">The weakest evidence that counts.</param>
/// <param name="MaximumEvidenceAge">The oldest evidence that counts, 1 s to 366 days; null where only the cadence of the verifier decides.</param>
/// <param name="RequiredBootFacts">What the board must have reported.</param>
/// <param name="AllowedAlgorithms">How its evidence may be authenticated.</param>
/// <param name="MaximumPatchDays">Most days that a patch policy of a certificate covers a patch, 0 to 365; null where the certificate alone decides.</param>
/// <param name="Note">Why it is so; may be empty.</param>
public sealed record EvidencePolicy(
    string Id,
    int Version,
    string? Scheme,
    string? Level,
    EvidenceStrength MinimumEvidenceStrength,
    TimeSpan? MaximumEvidenceAge,
    BootRequirements RequiredBootFacts,
    EvidenceAlgorithms AllowedAlgorithms,
    int? MaximumPatchDays,
    string Note)
{
    /// <summary>Id of the policy for every board.</summary>
    public const string DefaultId = "default";

    /// <summary>How results name this version.</summary>
    public string Name { get; } = $"urn:iotattest:policy:{Id}:v{Version}";

    /// <summary>Asks for nothing: what holds until a document says more.</summary>
    public static EvidencePolicy Permissive { get; } =
        new(DefaultId, 1, null, null, EvidenceStrength.SelfReported, null, BootRequirements.None, EvidenceAlgorithms.Hmac256 | EvidenceAlgorithms.Es256, null, "");

    /// <summary>The id of a level's policy.</summary>
    public static string IdOf(string scheme, string level) => $"{scheme}.{level}";
}
