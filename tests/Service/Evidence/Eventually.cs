using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Waits on conditions instead of sleeping.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"waited {Patience.Long} in vain until: {what}");
            await Task.Delay(20);
        }
    }
}
