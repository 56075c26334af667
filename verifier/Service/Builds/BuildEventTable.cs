using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Builds;

/// <summary>What was decided about builds: rows are added, never changed.</summary>
internal static class BuildEventTable
{
    public const string Submitted = "submitted";
    public const string Superseded = "superseded";
    public const string Retired = "retired";
    public const string Sbom = "sbom";
    public const string Report = "report";

    public static void Add(DbConnection connection, DbTransaction transaction, string buildId, string what, string decidedBy, string reason, long now) => connection.Execute(
        "INSERT INTO build_events (build_id, at, event, decided_by, reason) VALUES (@buildId, @now, @what, @decidedBy, @reason)",
        new { buildId, now, what, decidedBy, reason },
        transaction);

    /// <summary>When such a thing was decided last; null when it never was.</summary>
    public static long? LastOf(DbConnection connection, DbTransaction transaction, string buildId, string what) => connection.ExecuteScalar<long?>(
        "SELECT max(at) FROM build_events WHERE build_id = @buildId AND event = @what", new { buildId, what }, transaction);

    public static List<BuildEventRow> List(DbConnection connection, string buildId) => connection
        .Query<BuildEventRow>("SELECT at, event, decided_by AS DecidedBy, reason FROM build_events WHERE build_id = @buildId ORDER BY seq", new { buildId })
        .AsList();
}
