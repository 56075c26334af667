namespace IotAttest.Domain.Sbom;

/// <summary>A component in two bills of materials.</summary>
/// <param name="Name">Its name in both.</param>
/// <param name="Before">In the earlier one.</param>
/// <param name="After">In the later one.</param>
public sealed record SbomChange(string Name, SbomComponent Before, SbomComponent After)
{
    /// <summary>True when version or package differ, or a hash that both give.</summary>
    public bool IsChange => Before.Version != After.Version || Before.Purl != After.Purl || HasOtherHash;

    /// <summary>True when both give a hash of one algorithm and the two differ.</summary>
    public bool HasOtherHash => Before.Hashes.Any(hash => After.Hashes.TryGetValue(hash.Key, out string? other) && other != hash.Value);
}
