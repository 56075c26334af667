using System.Data.Common;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Protocol;
using IotAttest.Service.Builds;

namespace IotAttest.Service.Fleet;

/// <summary>Which assemblies a board should hold and which it holds. Evidence has one digest for the whole deployment: assemblies are known where a
/// manifest of the product names exactly that digest, and are not guessed elsewhere.</summary>
internal static class AssemblyLines
{
    private const string Kind = "assembly";

    public static IReadOnlyList<SheetLine> Of(DbConnection connection, ReferenceBuild? expected, ReferenceBuild? reported)
    {
        IReadOnlyList<AssemblyEntry> wanted = Read(connection, expected);
        if (reported is null)
        {
            return [.. wanted.Select(assembly => new SheetLine(Kind, assembly.Name, Text(assembly), null, SheetLine.Unsaid))];
        }

        Dictionary<string, string> found = Read(connection, reported).ToDictionary(assembly => assembly.Name, Text, StringComparer.Ordinal);
        return
        [
            .. wanted.Select(assembly => SheetLine.Compare(Kind, assembly.Name, Text(assembly), found.GetValueOrDefault(assembly.Name))),
            .. found.Where(pair => wanted.All(assembly => assembly.Name != pair.Key)).Select(pair => SheetLine.Compare(Kind, pair.Key, null, pair.Value)),
        ];
    }

    /// <summary>The newest build of the board's product, or of any of its maker that it was matched with, whose deployment is the one that the board reports.</summary>
    public static ReferenceBuild? Deployed(ManufacturerReference reference, Guid classId, ReferenceBuild? matched, MeasuredSet? measured)
    {
        if (matched is not null || measured?.DigestOf(EvidenceProfile.Deployment) is not { } digest)
        {
            return matched;
        }

        return reference.BuildsOf(classId).LastOrDefault(build => build.Measured.DigestOf(EvidenceProfile.Deployment) is { } known && known.Span.SequenceEqual(digest.Span));
    }

    private static IReadOnlyList<AssemblyEntry> Read(DbConnection connection, ReferenceBuild? build) =>
        build is null ? [] : StoredManifest.Read(connection, null, build.Id).Manifest.Assemblies;

    private static string Text(AssemblyEntry assembly) => $"{assembly.Version} {assembly.Digest}";
}
