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

    /// <summary>Reads the schema and writes it back: the smallest change that goes to the disk like any other.</summary>
    public abstract int Touch(DbConnection connection, DbTransaction transaction);

    /// <summary>True for a fault of the store itself, which no change of the running transaction survives.</summary>
    public abstract bool IsStoreFault(Exception cause);

    public abstract void Dispose();
}
