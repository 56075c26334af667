namespace IotAttest.Service.Tests.Postgres;

internal static class SqliteOnly
{
    public static string? ReasonToSkip => TestDatabase.IsEngineOfAll ? "looks into the SQLite file" : null;
}
