using System.Data.Common;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Products;
using IotAttest.Domain.Recognition;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Evaluates the coverage matrix of a build from its certificates; nothing of it is stored.</summary>
internal sealed class CoverageCatalogue(Database database, TimeProvider clock)
{
    /// <exception cref="ProblemException">No such build.</exception>
    public CoverageView Of(string id, string? jurisdiction, DateTimeOffset? at)
    {
        using DbConnection connection = database.Open();
        BuildRow build = BuildTable.Find(connection, null, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");
        DateTimeOffset moment = at ?? clock.GetUtcNow();
        IEnumerable<CoverageCellView> cells = CoverageMatrix.Of(Subjects(connection, build, moment), RecognitionRules.Default, SchemeCatalogue.Default, moment).Select(CoverageCellView.Of);
        return new CoverageView(
            build.Id,
            new Guid(build.Class, bigEndian: true),
            build.Manufacturer,
            UtcText.Of(moment),
            [.. cells.Where(cell => Jurisdictions.Matches(cell.Jurisdiction, jurisdiction))]);
    }

    private static List<KeyValuePair<string, RecognitionSubject>> Subjects(DbConnection connection, BuildRow build, DateTimeOffset at)
    {
        List<CertificateRow> rows = CertificateTable.List(connection, new CertificateFilter(build.Id, null, null, null, new Paging(Paging.MaxLimit, null)));
        ILookup<string, CertificateEvent> events = CertificateEventTable.Of(connection, null, rows.Select(row => row.Id));

        // Categories as the body signed them: what a maker says of its product is no ground for recognition.
        return [.. rows.Select(row => KeyValuePair.Create(row.Id, new RecognitionSubject(row.Scheme, row.Level, row.CategoryWords, row.LifeWith(events[row.Id]).At(at))))];
    }
}
