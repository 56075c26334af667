using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>The prepared statement that writes what a board shows, when nothing else about it changed.</summary>
internal sealed class ShownUpdate : IDisposable
{
    private static readonly string[] Names = ["@conformity", "@drift", "@build", "@policy", "@conditions", "@advisories", "@id"];

    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;

    public ShownUpdate(DbConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = "UPDATE device_state SET conformity = @conformity, drift = @drift, build = @build, policy = @policy, conditions = @conditions, advisories = @advisories WHERE device_id = @id";
        _parameters = [.. Names.Select(name => _command.AddParameter(name))];
    }

    public void Execute(DbTransaction transaction, long deviceId, HistoryMark shown)
    {
        _parameters[0].Value = (long)shown.Conformity;
        _parameters[1].Value = (long)shown.Drift;
        _parameters[2].Value = (object?)shown.Build ?? DBNull.Value;
        _parameters[3].Value = shown.Policies;
        _parameters[4].Value = (long)shown.Conditions;
        _parameters[5].Value = shown.Advisories;
        _parameters[6].Value = deviceId;
        _command.Transaction = transaction;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
