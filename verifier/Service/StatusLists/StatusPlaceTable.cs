using System.Data.Common;
using Dapper;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.StatusLists;

namespace IotAttest.Service.StatusLists;

/// <summary>Which place of which list a certificate has; a trigger gives it one when it is issued.</summary>
internal static class StatusPlaceTable
{
    /// <summary>List and index of a certificate.</summary>
    public static (long List, int Index) Find(DbConnection connection, string certificate)
    {
        long number = connection.ExecuteScalar<long>("SELECT number FROM certificate_places WHERE certificate_id = @certificate", new { certificate });
        return ((number - 1) / TokenStatusList.Capacity, (int)((number - 1) % TokenStatusList.Capacity));
    }

    /// <summary>The statuses of one list, in order; null when there is no such list. The first is always there.</summary>
    public static TokenStatus[]? Read(DbConnection connection, long list, DateTimeOffset now)
    {
        long first = (list * TokenStatusList.Capacity) + 1;
        List<(long Number, long Status, long? CountsUntil)> rows = connection
            .Query<(long, long, long?)>(
                """
                SELECT p.number, c.status, c.counts_until FROM certificate_places p JOIN certificates c ON c.id = p.certificate_id
                WHERE p.number BETWEEN @first AND @last ORDER BY p.number
                """,
                new { first, last = first + TokenStatusList.Capacity - 1 })
            .AsList();
        if (rows.Count == 0)
        {
            return list == 0 ? [] : null;
        }

        TokenStatus[] statuses = new TokenStatus[rows[^1].Number - first + 1];
        foreach ((long number, long status, long? countsUntil) in rows)
        {
            DateTimeOffset? until = countsUntil is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
            statuses[number - first] = TokenStatuses.Of((CertificateStatus)status, until, now);
        }

        return statuses;
    }
}
