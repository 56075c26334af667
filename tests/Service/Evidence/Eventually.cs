namespace IotAttest.Service.Tests;

/// <summary>Waits on conditions instead of sleeping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource timeout = new(Patience);
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, $"waited {Patience} in vain until: {what}");
            await Task.Delay(20);
        }
    }
}
