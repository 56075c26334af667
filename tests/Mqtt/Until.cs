namespace IotAttest.Mqtt.Tests;

/// <summary>Waits on conditions instead of sleeping.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource timeout = new(Patience);
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"waited {Patience} in vain until: {what}");
            await Task.Delay(10);
        }
    }

    public static Task<T> DoneAsync<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task DoneAsync(Task task) => task.WaitAsync(Patience);
}
