namespace IotAttest.Service.Webhooks;

/// <summary>When a delivery that failed is tried again: ten attempts in about 28 hours, as Standard Webhooks advises; then it is given up.</summary>
internal static class RetryPlan
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    /// <summary>Attempts in all, the first one included.</summary>
    public static int MaxAttempts => Pauses.Length + 1;

    /// <summary>The pause after so many failed attempts, 1 or more; null: give up.</summary>
    public static TimeSpan? PauseAfter(long attempts) => attempts <= Pauses.Length ? Pauses[attempts - 1] : null;
}
