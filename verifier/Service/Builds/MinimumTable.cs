using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Builds;

/// <summary>Minimum security versions in the database: rows are added, never changed.</summary>
internal static class MinimumTable
{
    public static void Add(DbConnection connection, DbTransaction transaction, MinimumRow row, Guid classId) => connection.Execute(
        """
        INSERT INTO class_minimums (manufacturer, class, version, at, decided_by, reason)
        VALUES (@Manufacturer, @classId, @Version, @At, @DecidedBy, @Reason)
        """,
        new { row.Manufacturer, classId = classId.ToByteArray(bigEndian: true), row.Version, row.At, row.DecidedBy, row.Reason },
        transaction);

    /// <summary>The minimum of a class; 0 when none was set.</summary>
    public static ulong Current(DbConnection connection, DbTransaction transaction, string manufacturer, Guid classId) => (ulong)connection.ExecuteScalar<long>(
        "SELECT COALESCE(MAX(version), 0) FROM class_minimums WHERE manufacturer = @manufacturer AND class = @classId",
        new { manufacturer, classId = classId.ToByteArray(bigEndian: true) },
        transaction);

    /// <summary>All decisions about a class, the newest first.</summary>
    public static List<MinimumRow> List(DbConnection connection, Guid classId) => connection
        .Query<MinimumRow>(
            "SELECT manufacturer, version, at, decided_by AS DecidedBy, reason FROM class_minimums WHERE class = @classId ORDER BY seq DESC",
            new { classId = classId.ToByteArray(bigEndian: true) })
        .AsList();
}
