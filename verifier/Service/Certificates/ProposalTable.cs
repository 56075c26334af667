using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates;

namespace IotAttest.Service.Certificates;

/// <summary>Decisions that one person proposed. Only ever added to: whether one was confirmed stands in the history, whether it lapsed says the clock.</summary>
internal static class ProposalTable
{
    public static ProposalRow? Find(DbConnection connection, DbTransaction? transaction, string certificate, long id) =>
        connection.QuerySingleOrDefault<ProposalRow>($"SELECT {ProposalRow.Columns} FROM certificate_proposals WHERE id = @id AND certificate_id = @certificate", new { id, certificate }, transaction);

    /// <summary>The last proposals about a certificate, newest first.</summary>
    public static List<ProposalRow> Last(DbConnection connection, DbTransaction? transaction, string certificate, int count) => connection
        .Query<ProposalRow>($"SELECT {ProposalRow.Columns} FROM certificate_proposals WHERE certificate_id = @certificate ORDER BY id DESC LIMIT @count", new { certificate, count }, transaction)
        .AsList();

    /// <summary>Proposals of a body, or of all, that nobody confirmed, oldest first.</summary>
    public static List<ProposalRow> Open(DbConnection connection, string? body, DateTimeOffset since, long after, int count) => connection
        .Query<ProposalRow>(
            $"""
            SELECT {ProposalRow.Columns} FROM certificate_proposals p
            WHERE p.id > @after AND p.proposed_at >= @since AND (@body IS NULL OR p.body = @body) AND NOT EXISTS (SELECT 1 FROM certificate_events e WHERE e.proposal_id = p.id)
            ORDER BY p.id LIMIT @count
            """,
            new { body, since = since.ToUnixTimeMilliseconds(), after, count })
        .AsList();

    /// <returns>Its number.</returns>
    public static long Insert(DbConnection connection, DbTransaction transaction, string certificate, string body, string person, ProposedDecision decision, byte[]? file, DateTimeOffset now) => connection.QuerySingle<long>(
        """
        INSERT INTO certificate_proposals (certificate_id, body, person, proposed_at, kind, reason, until, actions, verified, file)
        VALUES (@certificate, @body, @person, @now, @kind, @Reason, @until, @actions, @AreActionsVerified, @file) RETURNING id
        """,
        new
        {
            certificate,
            body,
            person,
            now = now.ToUnixTimeMilliseconds(),
            kind = (long)decision.Kind,
            decision.Reason,
            until = decision.Until?.ToUnixTimeMilliseconds(),
            actions = string.Join('\n', decision.RequestedActions),
            decision.AreActionsVerified,
            file,
        },
        transaction);
}
