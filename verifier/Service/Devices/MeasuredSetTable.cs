using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Devices;

/// <summary>Measured sets, each stored and held in memory once however many boards report it.</summary>
internal sealed class MeasuredSetTable
{
    private readonly ConcurrentDictionary<string, (long Id, MeasuredSet Set)> _byHash = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, MeasuredSet> _byId = new();
    private long _newest;

    public MeasuredSet Find(long id) => _byId[id];

    /// <summary>The set with this hash, or null.</summary>
    public MeasuredSet? Find(string hash) => _byHash.TryGetValue(hash, out (long Id, MeasuredSet Set) known) ? known.Set : null;

    public void Load(DbConnection connection)
    {
        foreach ((long id, byte[] body) in connection.Query<(long, byte[])>("SELECT id, body FROM measured_sets", buffered: false))
        {
            Remember(id, MeasuredSet.FromBytes(body));
        }
    }

    /// <summary>Reads what other verifiers added: ids grow.</summary>
    public void LoadNew(DbConnection connection, DbTransaction transaction)
    {
        foreach ((long id, byte[] body) in connection.Query<(long, byte[])>("SELECT id, body FROM measured_sets WHERE id > @newest", new { newest = Volatile.Read(ref _newest) }, transaction))
        {
            Remember(id, MeasuredSet.FromBytes(body));
        }
    }

    /// <summary>The row of a set, made when it is new; its hash then goes to <paramref name="added"/>, for <see cref="Forget"/> should the transaction fail.</summary>
    public (long Id, MeasuredSet Set) FindOrAdd(DbConnection connection, DbTransaction transaction, MeasuredSet measured, List<string> added)
    {
        if (_byHash.TryGetValue(measured.Hash, out (long, MeasuredSet) known))
        {
            return known;
        }

        connection.Execute("INSERT INTO measured_sets (hash, body) VALUES (@Hash, @Body) ON CONFLICT (hash) DO NOTHING", new { measured.Hash, Body = measured.ToBytes() }, transaction);
        long id = connection.ExecuteScalar<long>("SELECT id FROM measured_sets WHERE hash = @Hash", new { measured.Hash }, transaction);
        added.Add(measured.Hash);

        // A copy of its own: the set at hand lies in the evidence it came in, which would stay with it.
        return Remember(id, MeasuredSet.FromBytes(measured.ToBytes()));
    }

    /// <summary>Takes back what a failed transaction added.</summary>
    public void Forget(IEnumerable<string> hashes)
    {
        foreach (string hash in hashes)
        {
            if (_byHash.TryRemove(hash, out (long Id, MeasuredSet) entry))
            {
                _byId.TryRemove(entry.Id, out _);
                _newest = Math.Min(_newest, entry.Id - 1);
            }
        }
    }

    private (long Id, MeasuredSet Set) Remember(long id, MeasuredSet measured)
    {
        _newest = Math.Max(_newest, id);
        _byId[id] = measured;
        return _byHash[measured.Hash] = (id, measured);
    }
}
