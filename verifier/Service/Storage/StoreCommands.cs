using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Storage;

/// <summary>What both engines do, each in its own words.</summary>
internal static class StoreCommands
{
    /// <summary>Adds a parameter that is set before each execution; its name begins with @.</summary>
    public static DbParameter AddParameter(this DbCommand command, string name)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Begins a transaction that only reads: everything in it sees the store at one moment, and no writer waits.</summary>
    public static DbTransaction BeginSnapshot(this DbConnection connection) =>
        connection is SqliteConnection file ? file.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>The same for commands that name no transaction.</summary>
    /// <returns>Ends it when disposed.</returns>
    public static IDisposable BeginView(this DbConnection connection)
    {
        connection.Execute(connection is SqliteConnection ? "BEGIN DEFERRED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return new View(connection);
    }

    private sealed class View(DbConnection connection) : IDisposable
    {
        public void Dispose() => connection.Execute("ROLLBACK");
    }
}
