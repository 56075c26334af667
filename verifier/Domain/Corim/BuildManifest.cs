using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Domain.Corim;

/// <summary>The signed build manifest of a manufacturer: the Reference Values of one build of one product model.</summary>
/// <param name="ClassId">Class UUID of the product model; equals the hwmodel claim.</param>
/// <param name="Issuer">Organisation that vouches for the build; equals iss of the signed file.</param>
/// <param name="Version">Version text of the build.</param>
/// <param name="SecurityVersion">Security version number, compared against the minimum of the class.</param>
/// <param name="Components">1 to 16 components, names unique; written in ordinal order of their names.</param>
/// <param name="Assemblies">0 to 256 assemblies of the deployment in flash order, names unique.</param>
/// <remarks>All texts are 1 to 128 UTF-8 bytes without control or format characters.</remarks>
public sealed record BuildManifest(
    Guid ClassId,
    string Issuer,
    string Version,
    ulong SecurityVersion,
    IReadOnlyList<ComponentDigest> Components,
    IReadOnlyList<AssemblyEntry> Assemblies)
{
    /// <summary>Product name for people, or null.</summary>
    public string? ProductName { get; init; }

    /// <summary>SHA-256 of the software bill of materials, or null.</summary>
    public Sha256Digest? Sbom { get; init; }

    /// <summary>Start of validity, whole seconds, or null; only together with <see cref="NotAfter"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>End of validity, whole seconds, or null.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Names the set of assemblies whatever their order in flash: 64 lower-case hex digits of SHA-256 over one line
    /// <c>name, tab, version, tab, size, tab, digest, line feed</c> for each, in ordinal order of the names; null when there is none.</summary>
    public string? AssembliesHash => Assemblies.Count == 0
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
            Assemblies.OrderBy(assembly => assembly.Name, StringComparer.Ordinal).Select(assembly => FormattableString.Invariant($"{assembly.Name}\t{assembly.Version}\t{assembly.SizeBytes}\t{assembly.Digest}\n"))))));

    /// <summary>Id of the CoRIM and of its CoMID, computed from the content (see <see cref="CorimIdentity"/>).</summary>
    public Guid CorimId => BuildManifestWriter.IdOf(this);
}
