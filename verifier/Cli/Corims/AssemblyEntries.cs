using System.Globalization;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Corims;

/// <summary>Assemblies of a deployment as a manifest lists them.</summary>
internal static class AssemblyEntries
{
    /// <summary>An assembly whose name lies in the runtime's own string table is named by its place: the file does not say more.</summary>
    public static AssemblyEntry Of(NanoPeFile assembly) => new(
        assembly.Name ?? string.Create(CultureInfo.InvariantCulture, $"unnamed-at-0x{assembly.Offset:X}"),
        assembly.Version.ToString(4),
        (uint)assembly.TotalSize,
        new Sha256Digest(assembly.Sha256.Span));
}
