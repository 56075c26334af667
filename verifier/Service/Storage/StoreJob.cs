using System.Data.Common;

namespace IotAttest.Service.Storage;

/// <summary>One change of the store. Jobs run one after the other on the writer thread, many in one transaction.</summary>
internal abstract class StoreJob
{
    /// <summary>True for a job that may throw for a reason of its own: it then rolls back alone and the batch goes on.</summary>
    public virtual bool NeedsSavepoint => true;

    /// <summary>False for a job that only looks.</summary>
    public virtual bool IsChange => true;

    /// <summary>Makes the change. In-memory state is only staged here.</summary>
    public abstract void Run(DbConnection connection, DbTransaction transaction);

    /// <summary>The change is durable: publish staged state, then answer whoever waits.</summary>
    public abstract void Committed();

    /// <summary>The change did not happen: drop staged state, answer with the fault.</summary>
    public abstract void Failed(Exception cause);
}
