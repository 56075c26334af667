using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Waits on conditions instead of sleeping.</summary>
internal static class Eventually
{
    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="seen">What there is to see when it was in vain: the logs of those who should have done it.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, Func<string>? seen = null)
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        while (!await condition())
        {
            if (timeout.IsCancellationRequested)
            {
                Assert.Fail($"waited {Patience.Long} in vain until: {what}\n{seen?.Invoke()}");
            }

            await Task.Delay(20);
        }
    }
}
