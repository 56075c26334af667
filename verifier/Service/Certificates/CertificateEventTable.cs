using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates;

namespace IotAttest.Service.Certificates;

/// <summary>The histories of certificates in the database. Only ever added to; triggers refuse anything else.</summary>
internal static class CertificateEventTable
{
    /// <summary>The events of some certificates, oldest first: each has few.</summary>
    public static ILookup<string, CertificateEvent> Of(DbConnection connection, DbTransaction? transaction, IEnumerable<string> ids) => connection
        .Query<CertificateEventRow>($"SELECT {CertificateEventRow.Columns} FROM certificate_events WHERE certificate_id IN @ids ORDER BY seq", new { ids }, transaction)
        .ToLookup(row => row.CertificateId, row => row.ToEvent());

    public static CertificateLife LifeOf(DbConnection connection, DbTransaction? transaction, CertificateRow row) =>
        row.LifeWith(Of(connection, transaction, [row.Id])[row.Id]);

    /// <summary>The proposals that were confirmed, among those of a certificate.</summary>
    public static HashSet<long> ConfirmedProposals(DbConnection connection, DbTransaction? transaction, string id) =>
        [.. connection.Query<long>("SELECT proposal_id FROM certificate_events WHERE certificate_id = @id AND proposal_id IS NOT NULL", new { id }, transaction)];

    /// <param name="connection">The store.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="id">The certificate.</param>
    /// <param name="added">The event.</param>
    /// <param name="person">Who took or confirmed it.</param>
    /// <param name="proposal">The proposal it confirms, or null.</param>
    public static void Insert(DbConnection connection, DbTransaction transaction, string id, CertificateEvent added, string person, long? proposal) => connection.Execute(
        """
        INSERT INTO certificate_events (certificate_id, at, kind, status, decided_by, reason, until, actions, superseded_by, person, proposal_id)
        VALUES (@id, @at, @kind, @status, @DecidedBy, @Reason, @until, @actions, @SupersededBy, @person, @proposal)
        """,
        new
        {
            id,
            at = added.At.ToUnixTimeMilliseconds(),
            kind = (long)added.Kind,
            status = (long)added.Status,
            added.DecidedBy,
            added.Reason,
            until = added.Until?.ToUnixTimeMilliseconds(),
            actions = string.Join('\n', added.RequestedActions),
            added.SupersededBy,
            person,
            proposal,
        },
        transaction);
}
