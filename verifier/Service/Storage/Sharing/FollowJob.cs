using System.Data.Common;

namespace IotAttest.Service.Storage.Sharing;

/// <summary>Changes nothing: its batch begins as every batch does, with a look at what others changed.</summary>
internal sealed class FollowJob : StoreJob
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override bool IsChange => false;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
    }

    public override void Committed() => _completion.TrySetResult();

    public override void Failed(Exception cause) => _completion.TrySetException(cause);
}
