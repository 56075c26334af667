using System.Data.Common;
using System.Globalization;
using Dapper;
using IotAttest.Service.Events;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Registry;

/// <summary>What changed in the registry, for everybody: the events about certificates, builds and keys, never one about a board.</summary>
internal sealed class RegistryChanges(Database database)
{
    /// <summary>The kinds that everybody may read. A new kind gets onto this list on purpose. Of cases, only appeals about certificates count, and of
    /// those what the public history shows: that one was filed, and what came of it.</summary>
    public static readonly IReadOnlyList<EventKind> Kinds =
    [
        EventKind.CertificateStatus, EventKind.BuildSubmitted, EventKind.BuildSuperseded, EventKind.OrganisationKey, EventKind.BuildRetired, EventKind.ClassMinimum,
        EventKind.ProductChanged, EventKind.ComponentStatus, EventKind.SupportEnding, EventKind.SupportEnded,
        EventKind.AdvisoryPublished, EventKind.AdvisoryUpdated, EventKind.BuildVulnerable, EventKind.Case,
    ];

    private const string PublicAppeals =
        " AND ref IN (SELECT x.seq FROM case_events x JOIN cases c ON c.id = x.case_id WHERE c.type = 3 AND c.certificate_id IS NOT NULL AND x.step IN (1, 4))";

    /// <summary>The changes after a cursor, oldest first.</summary>
    public IReadOnlyList<EventView> After(long after, int limit) => Read("seq > @edge", "", after, limit);

    /// <summary>The changes before a cursor, newest first; all without one.</summary>
    public IReadOnlyList<EventView> Before(long? before, int limit) => [.. Read("seq < @edge", " DESC", before ?? long.MaxValue, limit).AsEnumerable().Reverse()];

    /// <summary>How many changes of each type there were since a moment; a type without any is left out.</summary>
    public IReadOnlyDictionary<string, long> CountSince(DateTimeOffset since)
    {
        using DbConnection connection = database.Open();
        string each = string.Join(" UNION ALL ", Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"SELECT {(long)kind} AS Kind, count(*) AS Count FROM events WHERE kind = {(long)kind} AND at >= @since{(kind == EventKind.Case ? PublicAppeals : "")}")));
        return connection.Query<(long Kind, long Count)>(each, new { since = since.ToUnixTimeMilliseconds() })
            .Where(row => row.Count > 0)
            .ToDictionary(row => EventTypes.Name((EventKind)row.Kind), row => row.Count, StringComparer.Ordinal);
    }

    private List<EventView> Read(string condition, string order, long edge, int limit)
    {
        using DbConnection connection = database.Open();

        // Kind by kind over the index: verdicts about boards, of which there are many more, are not even looked at.
        string each = string.Join(" UNION ALL ", Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM (SELECT seq FROM events WHERE kind = {(long)kind} AND {condition}{(kind == EventKind.Case ? PublicAppeals : "")} ORDER BY seq{order} LIMIT @limit) AS newest")));
        List<long> numbers = connection.Query<long>($"{each} ORDER BY seq{order} LIMIT @limit", new { edge, limit }).AsList();
        return [.. EventTable.ReadSome(connection, numbers).Select(row => row.ToView())];
    }
}
