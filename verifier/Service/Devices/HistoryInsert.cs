using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>The prepared statement that writes a history row; its parameters are made once. A change of one certificate may write one for every board.</summary>
internal sealed class HistoryInsert : IDisposable
{
    private static readonly string[] Columns = ["device_id", "at", "as_of", "conformity", "drift", "build", "policy", "conditions", "advisories", "set_hash", "cause"];

    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public HistoryInsert(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = $"INSERT INTO device_history ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))})";
        _parameters = [.. Columns.Select(column => _command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column }))];
    }

    public void Execute(SqliteTransaction transaction, long deviceId, DeviceState state, string cause, long now)
    {
        int at = 0;
        Set(ref at, deviceId);
        Set(ref at, now);
        Set(ref at, state.Facts.AsOf?.ToUnixTimeMilliseconds());
        Set(ref at, (long)state.Shown.Conformity);
        Set(ref at, (long)state.Shown.Drift);
        Set(ref at, state.Shown.Build);
        Set(ref at, state.Shown.PolicyId);
        Set(ref at, (long)state.Shown.Conditions);
        Set(ref at, state.Shown.Advisories);
        Set(ref at, state.Facts.Measured?.Hash);
        Set(ref at, cause);
        _command.Transaction = transaction;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private void Set(ref int at, object? value) => _parameters[at++].Value = value ?? DBNull.Value;
}
