using System.Data.Common;
using Dapper;
using IotAttest.Service.Builds;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Reads components, and who depends on them.</summary>
internal sealed class ComponentCatalogue(Database database, TimeProvider clock)
{
    private const int MostDependents = 500;
    private const int MostDecisions = 100;

    /// <summary>The components of a product, with what was said of the list.</summary>
    /// <exception cref="ProblemException">No such product.</exception>
    public ComponentListView OfProduct(Guid classId, DateTimeOffset? at)
    {
        using DbConnection connection = database.Open();
        return ProductTable.Find(connection, null, classId, at) is null ? throw ProductCatalogue.NoSuch() : View(connection, new ComponentSubject(classId, null), at);
    }

    /// <summary>The components of a build and of its product.</summary>
    /// <exception cref="ProblemException">No such build.</exception>
    public ComponentListView OfBuild(string id, DateTimeOffset? at)
    {
        using DbConnection connection = database.Open();
        BuildRow build = BuildTable.Find(connection, null, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");
        return View(connection, new ComponentSubject(new Guid(build.Class, bigEndian: true), build.Id), at);
    }

    /// <summary>Who depends on the certificate of a component.</summary>
    /// <exception cref="ProblemException">Neither scheme nor number.</exception>
    public ComponentSearchResult Search(string? scheme, string? number)
    {
        if (string.IsNullOrEmpty(scheme) && string.IsNullOrEmpty(number))
        {
            throw Refuse.Malformed("neither \"scheme\" nor \"number\"", "scheme=psa-certified, number=..., or both", "Say which certificate.");
        }

        using DbConnection connection = database.Open();
        DateTimeOffset now = clock.GetUtcNow();
        List<ComponentRow> rows = ComponentTable.Search(connection, scheme, number, MostDependents + 1);
        return new ComponentSearchResult(
            [.. rows.Take(MostDependents).Select(row => View(connection, row, now))],
            [.. ComponentTable.Decisions(connection, scheme, number, MostDecisions).Select(ComponentDecisionView.Of)],
            rows.Count <= MostDependents);
    }

    private ComponentListView View(DbConnection connection, ComponentSubject subject, DateTimeOffset? at) => new(
        subject.ClassId,
        subject.Build,
        ComponentTable.ReadStanding(connection, subject.ClassId, subject.Build, at ?? clock.GetUtcNow()),
        ComponentTable.History(connection, subject));

    private static ComponentDependentView View(DbConnection connection, ComponentRow row, DateTimeOffset now) => new(
        row.Subject.ClassId,
        row.Build,
        row.Manufacturer,
        ComponentReferenceView.From(row, ComponentTable.LastDecision(connection, null, row.Scheme, row.Number), now),
        [.. connection.Query<string>(
            """
            SELECT c.id FROM certificates c JOIN builds b ON b.id = c.build_id
            WHERE b.manufacturer = @Manufacturer AND b.class = @Class AND (@Build IS NULL OR b.id = @Build) ORDER BY c.rowid
            """,
            new { row.Manufacturer, row.Class, row.Build })]);
}
