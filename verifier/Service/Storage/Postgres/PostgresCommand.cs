using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;

namespace IotAttest.Service.Storage.Postgres;

/// <summary>A command of a <see cref="PostgresConnection"/>.</summary>
internal sealed partial class PostgresCommand(NpgsqlCommand inner, PostgresConnection connection) : DbCommand
{
    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
#pragma warning disable CA2100 // Texts come from the callers of this class, who are looked at.
        set => inner.CommandText = EmptyList().Replace(value ?? "", "(NULL)");
#pragma warning restore CA2100
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible
    {
        get => inner.DesignTimeVisible;
        set => inner.DesignTimeVisible = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection { get; set; } = connection;

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => inner.Transaction;
        set => inner.Transaction = (NpgsqlTransaction?)value;
    }

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => inner.Prepare();

    public override int ExecuteNonQuery()
    {
        WidenParameters();
        return inner.ExecuteNonQuery();
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        WidenParameters();
        return await inner.ExecuteNonQueryAsync(cancellationToken);
    }

    public override object? ExecuteScalar()
    {
        WidenParameters();
        return PostgresReader.Widen(inner.ExecuteScalar());
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        WidenParameters();
        return PostgresReader.Widen(await inner.ExecuteScalarAsync(cancellationToken));
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        WidenParameters();
        return new PostgresReader(inner.ExecuteReader(behavior));
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        WidenParameters();
        return new PostgresReader(await inner.ExecuteReaderAsync(behavior, cancellationToken));
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // What Dapper makes of an empty list has no type that the server could compare numbers or bytes with.
    [GeneratedRegex(@"\(SELECT @\w+ WHERE 1 = 0\)", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyList();

    // A null keeps the type that the caller named, if any: the server must know it where nothing else tells.
    private void WidenParameters()
    {
        foreach (NpgsqlParameter parameter in inner.Parameters)
        {
            if (PostgresReader.Widen(parameter.Value) is long number)
            {
                parameter.Value = number;
                parameter.DbType = DbType.Int64;
            }
            else if (parameter.DbType is DbType.Boolean or DbType.Int32 or DbType.Int16)
            {
                parameter.DbType = DbType.Int64;
            }
        }
    }
}
