using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>Waits on conditions instead of sleeping.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"waited {Patience.Long} in vain until: {what}");
            await Task.Delay(10);
        }
    }

    public static Task<T> DoneAsync<T>(Task<T> task) => task.WaitAsync(Patience.Long);

    public static Task DoneAsync(Task task) => task.WaitAsync(Patience.Long);
}
