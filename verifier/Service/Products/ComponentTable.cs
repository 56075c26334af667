using System.Data.Common;
using Dapper;
using IotAttest.Domain.Products;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Products;

/// <summary>Components in the database. Lists and decisions are only ever added to; triggers refuse anything else.</summary>
internal static class ComponentTable
{
    private const string Named = $"SELECT {ComponentRow.Columns} FROM component_lists l JOIN component_references r ON r.list = l.seq";
    private const string LastOfProduct = "(SELECT max(n.seq) FROM component_lists n WHERE n.class = @ClassBytes AND n.build_id IS NULL AND (@at IS NULL OR n.at <= @at))";
    private const string LastOfBuild = "(SELECT max(n.seq) FROM component_lists n WHERE n.build_id = @Build AND n.build_id IS NOT NULL AND (@at IS NULL OR n.at <= @at))";

    /// <summary>True of a list l that no later one of the same subject took the place of.</summary>
    public const string IsCurrent =
        """
        l.seq = CASE WHEN l.build_id IS NULL
            THEN (SELECT max(n.seq) FROM component_lists n WHERE n.class = l.class AND n.build_id IS NULL)
            ELSE (SELECT max(n.seq) FROM component_lists n WHERE n.build_id = l.build_id AND n.build_id IS NOT NULL) END
        """;

    /// <summary>The components of a product at a moment, and those of a build of it when one is given, each with its standing then.</summary>
    public static IReadOnlyList<ComponentReferenceView> ReadStanding(DbConnection connection, Guid classId, string? build, DateTimeOffset at)
    {
        List<ComponentRow> rows = [.. Read(connection, null, new ComponentSubject(classId, null), at), .. build is null ? [] : Read(connection, null, new ComponentSubject(classId, build), at)];
        return [.. rows.Select(row => ComponentReferenceView.From(row, LastDecision(connection, null, row.Scheme, row.Number, at), at))];
    }

    /// <summary>The list of this very subject, now or at a moment, in its order.</summary>
    public static List<ComponentRow> Read(DbConnection connection, DbTransaction? transaction, ComponentSubject subject, DateTimeOffset? at = null) => connection
        .Query<ComponentRow>(
            $"{Named} WHERE l.seq = {(subject.Build is null ? LastOfProduct : LastOfBuild)} ORDER BY r.position",
            new { subject.ClassBytes, subject.Build, at = at?.ToUnixTimeMilliseconds() },
            transaction)
        .AsList();

    public static IReadOnlyList<ComponentListChangeView> History(DbConnection connection, ComponentSubject subject) =>
        [.. connection
            .Query<(long At, string DecidedBy, string Reason, long Components)>(
                """
                SELECT l.at, l.decided_by, l.reason, (SELECT count(*) FROM component_references r WHERE r.list = l.seq)
                FROM component_lists l WHERE l.class = @ClassBytes AND l.build_id IS NOT DISTINCT FROM @Build ORDER BY l.seq
                """,
                new { subject.ClassBytes, subject.Build })
            .Select(row => new ComponentListChangeView(Hosting.UtcText.OfMs(row.At), row.DecidedBy, row.Reason, row.Components))];

    /// <summary>Who names components of this scheme and number now; a null asks for any.</summary>
    public static List<ComponentRow> Search(DbConnection connection, string? scheme, string? number, int limit) => connection
        .Query<ComponentRow>(
            $"{Named} WHERE (@scheme IS NULL OR r.scheme = @scheme) AND (@number IS NULL OR r.number = @number) AND {IsCurrent} ORDER BY l.seq, r.position LIMIT @limit",
            new { scheme, number, limit })
        .AsList();

    public static bool IsNamed(DbConnection connection, DbTransaction transaction, string scheme, string number) => connection.ExecuteScalar<bool>(
        $"SELECT EXISTS (SELECT 1 FROM component_references r JOIN component_lists l ON l.seq = r.list WHERE r.scheme = @scheme AND r.number = @number AND {IsCurrent})",
        new { scheme, number },
        transaction);

    public static void AddList(
        DbConnection connection, DbTransaction transaction, ComponentSubject subject, string manufacturer, IReadOnlyList<ComponentReference> components, string decidedBy, string reason, long now)
    {
        long list = connection.ExecuteScalar<long>(
            """
            INSERT INTO component_lists (class, build_id, manufacturer, at, decided_by, reason) VALUES (@ClassBytes, @Build, @manufacturer, @now, @decidedBy, @reason)
            RETURNING seq
            """,
            new { subject.ClassBytes, subject.Build, manufacturer, now, decidedBy, reason },
            transaction);
        connection.Execute(
            "INSERT INTO component_references (list, position, name, scheme, number, level, url, status, until) VALUES (@list, @position, @Name, @Scheme, @Number, @Level, @Url, @status, @until)",
            components.Select((each, position) => new { list, position, each.Name, each.Scheme, each.Number, each.Level, each.Url, status = EnumWord.Of(each.Claimed), until = DayText.Of(each.Until) }),
            transaction);
    }

    public static ComponentDecision? LastDecision(DbConnection connection, DbTransaction? transaction, string scheme, string number, DateTimeOffset? at = null) => connection
        .QueryFirstOrDefault<ComponentDecisionRow>(
            $"SELECT {ComponentDecisionRow.Columns} FROM component_decisions d WHERE d.scheme = @scheme AND d.number = @number AND (@at IS NULL OR d.at <= @at) ORDER BY d.seq DESC LIMIT 1",
            new { scheme, number, at = at?.ToUnixTimeMilliseconds() },
            transaction)
        ?.ToDecision();

    /// <summary>The decisions about certificates of this scheme and number, the newest first; a null asks for any.</summary>
    public static List<ComponentDecisionRow> Decisions(DbConnection connection, string? scheme, string? number, int limit) => connection
        .Query<ComponentDecisionRow>(
            $"SELECT {ComponentDecisionRow.Columns} FROM component_decisions d WHERE (@scheme IS NULL OR d.scheme = @scheme) AND (@number IS NULL OR d.number = @number) ORDER BY d.seq DESC LIMIT @limit",
            new { scheme, number, limit })
        .AsList();

    public static void AddDecision(DbConnection connection, DbTransaction transaction, string scheme, string number, ComponentDecision decision) => connection.Execute(
        """
        INSERT INTO component_decisions (scheme, number, status, until, at, decided_by, reason)
        VALUES (@scheme, @number, @status, @until, @at, @DecidedBy, @Reason)
        """,
        new { scheme, number, status = EnumWord.Of(decision.Status), until = DayText.Of(decision.Until), at = decision.At.ToUnixTimeMilliseconds(), decision.DecidedBy, decision.Reason },
        transaction);
}
