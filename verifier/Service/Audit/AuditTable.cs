using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Audit;

/// <summary>The audit log in the database; triggers refuse to change or delete a row.</summary>
internal static class AuditTable
{
    public static void Insert(DbConnection connection, DbTransaction transaction, AuditRow row) => connection.Execute(
        """
        INSERT INTO audit (at, organisation, token, token_id, person, method, route, object, reason, status, omitted)
        VALUES (@At, @Organisation, @Token, @TokenId, @Person, @Method, @Route, @Object, @Reason, @Status, @Omitted)
        """,
        row,
        transaction);

    /// <summary>Rows after <paramref name="since"/>, oldest first.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="everybody">True for all organisations and the operator.</param>
    /// <param name="organisation">Otherwise this organisation; null for the operator.</param>
    /// <param name="since">The last row that is known.</param>
    /// <param name="limit">Most rows.</param>
    public static IReadOnlyList<AuditRow> Read(DbConnection connection, bool everybody, string? organisation, long since, int limit) => connection
        .Query<AuditRow>(
            """
            SELECT seq, at, organisation, token, token_id AS TokenId, person, method, route, object, reason, status, omitted
            FROM audit WHERE seq > @since AND (@everybody = 1 OR organisation IS NOT DISTINCT FROM @organisation) ORDER BY seq LIMIT @limit
            """,
            new { everybody, organisation, since, limit })
        .AsList();
}
