using System.Data.Common;
using Dapper;
using IotAttest.Domain.Products;

namespace IotAttest.Service.Products;

/// <summary>Until when the certificates of all components of a list are in force: what verdicts take from lists and decisions.</summary>
internal static class ComponentTerms
{
    private const string Standing =
        $"""
        SELECT l.class, l.build_id AS Build, l.manufacturer, r.status, r.until, d.status AS DecidedStatus, d.until AS DecidedUntil
        FROM component_lists l
        JOIN component_references r ON r.list = l.seq
        LEFT JOIN component_decisions d ON d.seq = (SELECT max(x.seq) FROM component_decisions x WHERE x.scheme = r.scheme AND x.number = r.number)
        WHERE {ComponentTable.IsCurrent}
        """;

    /// <summary>The terms of all lists of a manufacturer that have one, by class and, where a list is one build's, by build.</summary>
    public static Dictionary<(Guid Class, string? Build), DateTimeOffset> OfManufacturer(DbConnection connection, DbTransaction? transaction, string manufacturer) =>
        Read(connection, transaction, "l.manufacturer = @manufacturer", new { manufacturer })
            .Where(term => term.Until is not null)
            .ToDictionary(term => (term.Subject.ClassId, term.Subject.Build), term => term.Until!.Value);

    /// <summary>The terms of every list that names a certificate now.</summary>
    public static List<ComponentTerm> OfDependents(DbConnection connection, DbTransaction transaction, string scheme, string number) =>
        [.. Read(connection, transaction, "l.seq IN (SELECT n.list FROM component_references n WHERE n.scheme = @scheme AND n.number = @number)", new { scheme, number })];

    /// <summary>The term of one list: null when no end is known, or nothing is in it.</summary>
    public static DateTimeOffset? Of(IEnumerable<(ComponentReference Component, ComponentDecision? Decided)> list) =>
        list.Select(each => each.Component.InForceUntil(each.Decided)).Min();

    private static IEnumerable<ComponentTerm> Read(DbConnection connection, DbTransaction? transaction, string which, object key) => connection
        .Query<Row>($"{Standing} AND {which}", key, transaction)
        .GroupBy(row => (row.Subject, row.Manufacturer))
        .Select(list => new ComponentTerm(list.Key.Subject, list.Key.Manufacturer, Of(list.Select(row => (row.Component, row.Decided)))));

    private sealed class Row
    {
        public byte[] Class { get; init; } = [];

        public string? Build { get; init; }

        public string Manufacturer { get; init; } = "";

        public string Status { get; init; } = "";

        public string? Until { get; init; }

        public string? DecidedStatus { get; init; }

        public string? DecidedUntil { get; init; }

        public ComponentSubject Subject => new(new Guid(Class, bigEndian: true), Build);

        // Neither who nor why matters to a verdict.
        public ComponentReference Component => new("", "", "", null, null, ComponentRow.StatusOf(Status), DayText.Stored(Until));

        public ComponentDecision? Decided => DecidedStatus is { } word ? new ComponentDecision(ComponentRow.StatusOf(word), DayText.Stored(DecidedUntil), default, "", "") : null;
    }
}
