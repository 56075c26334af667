using System.Data.Common;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Reference;
using IotAttest.Service.Reports;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Reads the registry of builds.</summary>
internal sealed class BuildCatalogue(Database database, ReferenceDirectory references, TimeProvider clock)
{
    private const string DigestPrefix = "sha256:";

    public BuildPage List(Guid? classId, string? manufacturer, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<BuildRow> rows = BuildTable.List(connection, classId, manufacturer, paging);
        return new BuildPage(View(rows), rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    /// <summary>Builds of a product or of a maker, newest first.</summary>
    public BuildPage ListNewest(Guid? classId, string? manufacturer, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<BuildRow> rows = BuildTable.ListNewest(connection, classId, manufacturer, paging);
        return new BuildPage(View(rows), rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    /// <exception cref="ProblemException">No digest.</exception>
    public DigestView FindDigest(string text)
    {
        if (!TryParseDigest(text, out Sha256Digest digest))
        {
            throw Refuse.Malformed("a digest in another form", "digest=sha256:<64 lower-case hex digits>", "Correct the digest.");
        }

        using DbConnection connection = database.Open();
        List<BuildView> builds = View(BuildTable.FindByDigest(connection, digest));
        return new DigestView(digest.ToString(), BuildStatus.Best([.. builds.Select(build => build.Status)]), builds);
    }

    /// <exception cref="ProblemException">No such build.</exception>
    public BuildDetailView Find(string id)
    {
        using DbConnection connection = database.Open();
        BuildRow row = Row(connection, id);
        StoredManifest stored = StoredManifest.Read(connection, null, row.Id);
        if (View(row) is not { } view)
        {
            throw new StoreException($"Build {row.Id} is not in force yet. Ask again.");
        }

        BuildEventView[] history = [.. BuildEventTable.List(connection, row.Id).Select(entry => entry.ToView())];
        ProductNotes notes = ProductNotes.Read(connection, view.Class, row.Id, clock.GetUtcNow());
        return BuildDetailView.Of(view, stored.Manifest, SbomTable.SummaryOf(connection, row.Id), history, notes, ReportTable.List(connection, row.Id)) with { Ignored = stored.Ignored };
    }

    /// <exception cref="ProblemException">No such build.</exception>
    public byte[] FindFile(string id)
    {
        using DbConnection connection = database.Open();
        return BuildTable.ManifestOf(connection, null, Row(connection, id).Id);
    }

    /// <summary>Reads <c>sha256:</c> and 64 lower-case hex digits.</summary>
    internal static bool TryParseDigest(string text, out Sha256Digest digest)
    {
        digest = default;
        byte[] bytes = new byte[Sha256Digest.LengthBytes];
        bool isDigest = text.StartsWith(DigestPrefix, StringComparison.Ordinal)
            && text.Length == DigestPrefix.Length + (2 * bytes.Length)
            && text.Skip(DigestPrefix.Length).All(char.IsAsciiHexDigitLower)
            && Convert.FromHexString(text.AsSpan(DigestPrefix.Length), bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        if (isDigest)
        {
            digest = new Sha256Digest(bytes);
        }

        return isDigest;
    }

    private static BuildRow Row(DbConnection connection, string id) =>
        BuildTable.Find(connection, null, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");

    private List<BuildView> View(IEnumerable<BuildRow> rows) => [.. rows.Select(View).OfType<BuildView>()];

    /// <summary>Null for a build committed a moment ago that memory does not hold yet.</summary>
    private BuildView? View(BuildRow row)
    {
        ManufacturerReference reference = references.Of(row.Manufacturer);
        return reference.Find(row.Id) is { } build
            ? BuildView.Of(row, build, reference.MinimumSecurityVersionOf(build.ClassId), clock.GetUtcNow())
            : null;
    }
}
