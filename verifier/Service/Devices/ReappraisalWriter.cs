using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Boards on their way to the store, in jobs of bounded size and few at a time: evidence never waits behind a whole fleet.</summary>
internal sealed class ReappraisalWriter(StoreWriter store, Func<IReadOnlyList<DeviceEntry>, ReappraisalJob> makeJob, CancellationToken cancellation)
{
    private const int MaxJobsAhead = 4;

    private readonly Queue<Task> _ahead = new();
    private List<DeviceEntry> _boards = [];

    public async ValueTask AddAsync(DeviceEntry device)
    {
        _boards.Add(device);
        if (_boards.Count == ReappraisalJob.MaxBoards)
        {
            await PostAsync();
        }
    }

    /// <summary>Returns once everything is durable.</summary>
    /// <exception cref="StoreException">The store did not take it.</exception>
    public async Task FinishAsync()
    {
        if (_boards.Count > 0)
        {
            await PostAsync();
        }

        await Task.WhenAll(_ahead);
    }

    private async Task PostAsync()
    {
        ReappraisalJob job = makeJob(_boards);
        _boards = [];
        await store.PostAsync(job, cancellation);
        _ahead.Enqueue(job.Completion);
        if (_ahead.Count > MaxJobsAhead)
        {
            await _ahead.Dequeue();
        }
    }
}
