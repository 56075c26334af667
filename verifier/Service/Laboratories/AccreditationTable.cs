using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates.Applications;

namespace IotAttest.Service.Laboratories;

/// <summary>Accreditations in the database. Only ever added to; the newest of a laboratory counts.</summary>
internal static class AccreditationTable
{
    public static Accreditation? Of(DbConnection connection, DbTransaction? transaction, string laboratory) => connection
        .Query<Row>("SELECT organisation, number, scope, until FROM accreditations WHERE organisation = @laboratory ORDER BY seq DESC LIMIT 1", new { laboratory }, transaction)
        .Select(row => row.ToAccreditation())
        .FirstOrDefault();

    public static Dictionary<string, Accreditation> All(DbConnection connection) => connection
        .Query<Row>("SELECT organisation, number, scope, until FROM accreditations WHERE seq IN (SELECT max(seq) FROM accreditations GROUP BY organisation)")
        .ToDictionary(row => row.Organisation, row => row.ToAccreditation());

    public static void Insert(DbConnection connection, DbTransaction transaction, string laboratory, Accreditation accreditation, DateTimeOffset now) => connection.Execute(
        "INSERT INTO accreditations (organisation, number, scope, until, at) VALUES (@laboratory, @Number, @scope, @until, @at)",
        new { laboratory, accreditation.Number, scope = string.Join(',', accreditation.Scope), until = accreditation.Until.ToUnixTimeMilliseconds(), at = now.ToUnixTimeMilliseconds() },
        transaction);

    private sealed class Row
    {
        public string Organisation { get; init; } = "";

        public string Number { get; init; } = "";

        public string Scope { get; init; } = "";

        public long Until { get; init; }

        public Accreditation ToAccreditation() => new(Number, [.. Scope.Split(',')], DateTimeOffset.FromUnixTimeMilliseconds(Until));
    }
}
