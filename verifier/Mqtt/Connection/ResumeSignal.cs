namespace IotAttest.Mqtt;

/// <summary>Lets callers wait until a condition that others change may hold again.</summary>
internal sealed class ResumeSignal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Waits until <paramref name="isBlocked"/> is false.</summary>
    public async Task WaitWhileAsync(Func<bool> isBlocked)
    {
        while (isBlocked())
        {
            TaskCompletionSource created = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource waiting = Interlocked.CompareExchange(ref _waiting, created, null) ?? created;

            // Looked at again after the source is in place: a change just before was signalled to nobody.
            if (!isBlocked())
            {
                return;
            }

            await waiting.Task;
        }
    }

    public void Set() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
