using System.Data.Common;
using System.Threading.Channels;
using IotAttest.Service.Storage.Sharing;
using IotAttest.Service.Transparency;

namespace IotAttest.Service.Storage;

/// <summary>The one thread that changes the store. It takes what has queued up, runs it in one transaction, commits, and
/// only then tells those who wait: nothing is acknowledged before it is durable, and many reports share one flush.</summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>Changes that may wait; then whoever brings one waits as well.</summary>
    public const int QueueLength = 16_384;
    private const int MaxBatch = 2_048;
    private const string Savepoint = "job";

    private readonly Channel<StoreJob> _queue = Channel.CreateBounded<StoreJob>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Database _database;
    private readonly Task _loop;
    private long _commits;
    private long _faults;
    private long _seen;
    private DatabaseReplacedException? _replaced;

    public StoreWriter(Database database)
    {
        _database = database;
        if (database.IsShared)
        {
            // Before anything is read into memory: what comes after this number is read again.
            using DbConnection connection = database.Open();
            _seen = database.NumberNow(connection);
        }

        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Called on the writer thread after each commit with how many changes it held.</summary>
    public event Action<int>? BatchCommitted;

    /// <summary>False once the last batch failed; true again after one succeeded.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>True once the database was replaced by an earlier one: nothing is taken until this process is restarted.</summary>
    public bool IsReplaced => Volatile.Read(ref _replaced) is not null;

    /// <summary>Who is told first in each batch what other verifiers changed; set once, before the first job.</summary>
    public IReadOnlyList<IStoreFollower> Followers { get; set; } = [];

    /// <summary>Number of the last batch of a shared store that is known here.</summary>
    public long SeenNumber => Volatile.Read(ref _seen);

    /// <summary>How many transactions were committed since the start: whoever follows the store looks only when this moves.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>How many transactions failed since the start.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>How many changes wait now.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Queues a job; waits while the queue is full, which holds senders back.</summary>
    public ValueTask PostAsync(StoreJob job, CancellationToken cancellation) => _queue.Writer.WriteAsync(job, cancellation);

    /// <summary>Runs a change and returns its result once it is durable.</summary>
    /// <param name="work">Makes the change; what it throws rolls back this change alone and is thrown here.</param>
    /// <param name="cancellation">Gives up waiting for room in the queue; a queued change still happens.</param>
    /// <param name="publish">Called on the writer thread after the commit and before any later job: updates in-memory state.</param>
    public async Task<T> ExecuteAsync<T>(Func<DbConnection, DbTransaction, T> work, Action<T>? publish = null, CancellationToken cancellation = default)
    {
        DelegateJob<T> job = new(work, publish);
        await PostAsync(job, cancellation);
        return await job.Completion;
    }

    /// <summary>Runs a change that has no result; returns once it is durable.</summary>
    public Task ExecuteAsync(Action<DbConnection, DbTransaction> work, CancellationToken cancellation = default) => ExecuteAsync(
        (connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        },
        cancellation: cancellation);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private void Loop()
    {
        using DbConnection connection = _database.OpenForWriting();
        using LogSeal seal = new(connection);
        List<StoreJob> batch = new(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out StoreJob? job))
            {
                batch.Add(job);
            }

            RunBatch(connection, seal, batch);
            batch.Clear();
        }
    }

    private void RunBatch(DbConnection connection, LogSeal seal, List<StoreJob> batch)
    {
        List<StoreJob> done = new(batch.Count);
        try
        {
            ThrowIfReplaced();
            _database.Renew(connection);
            using DbTransaction transaction = connection.BeginTransaction();
            long number = Follow(connection, transaction, batch.Exists(job => job.IsChange));
            foreach (StoreJob job in batch)
            {
                if (RunJob(connection, transaction, job))
                {
                    done.Add(job);
                }
            }

            seal.Run(transaction);
            transaction.Commit();
            Volatile.Write(ref _seen, number);
            Interlocked.Increment(ref _commits);
            IsHealthy = true;
            BatchCommitted?.Invoke(done.Count);
        }
        catch (Exception cause)
        {
            // This thread must live whatever a job threw: those who wait get the fault, and the next batch gets its chance.
            IsHealthy = false;
            Volatile.Write(ref _replaced, _replaced ?? cause as DatabaseReplacedException);
            Interlocked.Increment(ref _faults);
            string help = cause is DatabaseReplacedException ? "" : " Check that the disk has room and can be written.";
            StoreException fault = new($"The database did not take a change ({cause.Message}).{help} Nothing was acknowledged.", cause);
            batch.ForEach(job => job.Failed(fault));
            return;
        }

        done.ForEach(Publish);
    }

    // For good: other verifiers may bring the number of the database up again.
    private void ThrowIfReplaced()
    {
        if (_replaced is not null)
        {
            throw _replaced;
        }
    }

    // In a shared store the batch begins with what the others did: jobs see the newest state, as if this verifier were alone.
    private long Follow(DbConnection connection, DbTransaction transaction, bool isChange)
    {
        if (!_database.IsShared)
        {
            return 0;
        }

        long before = _database.TakeTurn(connection, transaction, isChange);
        if (before < _seen)
        {
            throw new DatabaseReplacedException($"The database went back from change {_seen} to {before}");
        }

        if (before > _seen)
        {
            StoreChanges changes = new(connection, transaction, _seen, _database.KindsSince(connection, transaction, _seen));
            foreach (IStoreFollower follower in Followers)
            {
                follower.Follow(changes);
            }

            Volatile.Write(ref _seen, before);
        }

        return isChange ? before + 1 : before;
    }

    // The change is durable whatever a publisher throws: the others must still be told, and this thread must live.
    private void Publish(StoreJob job)
    {
        try
        {
            job.Committed();
        }
        catch (Exception cause)
        {
            IsHealthy = false;
            job.Failed(new StoreException($"A change is stored, and this process could not take it over ({cause.Message}). Restart the verifier.", cause));
        }
    }

    private bool RunJob(DbConnection connection, DbTransaction transaction, StoreJob job)
    {
        if (!job.NeedsSavepoint)
        {
            job.Run(connection, transaction);
            return true;
        }

        transaction.Save(Savepoint);
        try
        {
            job.Run(connection, transaction);
            transaction.Release(Savepoint);
            return true;
        }
        catch (Exception cause) when (!_database.IsStoreFault(cause))
        {
            transaction.Rollback(Savepoint);
            job.Failed(cause);
            return false;
        }
    }
}
