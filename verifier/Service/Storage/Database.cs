using System.Collections.Frozen;
using System.Data.Common;

namespace IotAttest.Service.Storage;

/// <summary>The store's engine: SQLite in the data directory, or a PostgreSQL server. One writer of this process, any number of readers.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>What the store is, for messages: never with a password.</summary>
    public abstract string Name { get; }

    /// <summary>The schema of this program on this engine.</summary>
    public abstract int NewestSchema { get; }

    /// <summary>Opens a connection; reads see the last commit.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public abstract DbConnection Open();

    /// <summary>True when other processes change the store too.</summary>
    public virtual bool IsShared => false;

    /// <summary>Opens the connection of the one writer.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public abstract DbConnection OpenForWriting();

    /// <summary>Makes sure that the writer's connection works; its prepared commands stay of use.</summary>
    public virtual void Renew(DbConnection connection)
    {
    }

    /// <summary>Begins a batch of a shared store, once it is this writer's turn.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="transaction">The transaction of the batch.</param>
    /// <param name="isChange">False for a batch that changes nothing: it has no number of its own.</param>
    /// <returns>The number of the last batch before this one, of whichever verifier.</returns>
    public virtual long TakeTurn(DbConnection connection, DbTransaction transaction, bool isChange) => 0;

    /// <summary>The number of the last batch that is committed.</summary>
    public virtual long NumberNow(DbConnection connection) => 0;

    /// <summary>Kinds of state that changed after a batch, in a shared store.</summary>
    public virtual IReadOnlySet<string> KindsSince(DbConnection connection, DbTransaction transaction, long since) => FrozenSet<string>.Empty;

    /// <summary>The fingerprint of a key outside the store as the first verifier stored it; the given one when none did.</summary>
    public virtual byte[] FirstFingerprint(string name, byte[] fingerprint) => fingerprint;

    /// <summary>True for the one verifier that does what must not be done twice; another takes over when it is gone.</summary>
    public virtual bool IsLeader() => true;

    /// <summary>Reads the schema and writes it back: the smallest change that goes to the disk like any other.</summary>
    public abstract int Touch(DbConnection connection, DbTransaction transaction);

    /// <summary>True for a fault of the store itself, which no change of the running transaction survives.</summary>
    public abstract bool IsStoreFault(Exception cause);

    public abstract void Dispose();
}
