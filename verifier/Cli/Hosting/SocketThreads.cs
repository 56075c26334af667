namespace IotAttest.Cli.Hosting;

/// <summary>Which threads handle what sockets bring (ADR 0036). Decided before the first socket: the runtime looks once.</summary>
internal static class SocketThreads
{
    /// <summary>The switch that the documentation of <c>UnsafePreferInlineScheduling</c> names: 1 makes the threads that wait for sockets, one per core, handle their events as well.</summary>
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Spares each packet the hand-over to the thread pool, and each board the wait for it. What the user set counts.</summary>
    public static void HandleEvents(CliContext context) => Set(context, context.Environment(Variable) ?? "1");

    /// <summary>Hands events to the thread pool, whatever the user set: Npgsql's synchronous reads wait for these very threads, and one of them would wait for itself.</summary>
    public static void HandEventsOver(CliContext context) => Set(context, "0");

    private static void Set(CliContext context, string value)
    {
        if (context.OwnsProcess)
        {
            Environment.SetEnvironmentVariable(Variable, value);
        }
    }
}
