using System.Data.Common;

namespace IotAttest.Service.Storage;

/// <summary>A change given as a function; its result is handed over after the commit.</summary>
internal sealed class DelegateJob<T>(Func<DbConnection, DbTransaction, T> work, Action<T>? publish) : StoreJob
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Completion => _completion.Task;

    public override void Run(DbConnection connection, DbTransaction transaction) => _result = work(connection, transaction);

    public override void Committed()
    {
        publish?.Invoke(_result);
        _completion.TrySetResult(_result);
    }

    public override void Failed(Exception cause) => _completion.TrySetException(cause);
}
