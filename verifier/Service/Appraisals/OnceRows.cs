using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Appraisals;

/// <summary>Rows of a table that are found by a hash of what they hold; the last ones are found in memory.</summary>
internal sealed class OnceRows : IDisposable
{
    private const int MaxKnown = 16_384;

    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly DbCommand _add;
    private readonly DbCommand _find;
    private readonly DbParameter[] _parameters;
    private readonly DbParameter _hash;

    /// <param name="add">Inserts a row and returns its id; this object adds the parameters and owns it.</param>
    /// <param name="find">Selects the id of a hash; owned as well.</param>
    /// <param name="columns">Names of the parameters beside the hash.</param>
    public OnceRows(DbCommand add, DbCommand find, IEnumerable<string> columns)
    {
        (_add, _find) = (add, find);
        _parameters = [.. columns.Prepend("hash").Select(column => add.AddParameter("@" + column))];
        _hash = find.AddParameter("@hash");
    }

    /// <summary>The row, made when it is new.</summary>
    public long FindOrAdd(DbTransaction transaction, byte[] hash, object?[] values)
    {
        string key = Convert.ToHexString(hash);
        if (_known.TryGetValue(key, out long id))
        {
            return id;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return _known[key] = Find(transaction, hash) ?? Add(transaction, hash, values);
    }

    public void Reset() => _known.Clear();

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }

    private long? Find(DbTransaction transaction, byte[] hash)
    {
        _hash.Value = hash;
        _find.Transaction = transaction;
        return (long?)_find.ExecuteScalar();
    }

    private long Add(DbTransaction transaction, byte[] hash, object?[] values)
    {
        _parameters[0].Value = hash;
        for (int i = 0; i < values.Length; i++)
        {
            _parameters[i + 1].Value = values[i] ?? DBNull.Value;
        }

        _add.Transaction = transaction;
        return (long)_add.ExecuteScalar()!;
    }
}
