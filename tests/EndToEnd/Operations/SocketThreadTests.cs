using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.Cli.Hosting;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>Which threads handle what boards and callers of HTTP send (ADR 0036).</summary>
public sealed class SocketThreadTests
{
    private const string Name = ".NET Sockets";
    private const double Quarter = 0.25;

    [Fact]
    public async Task On_SQLite_each_core_has_a_thread_that_handles_what_sockets_bring()
    {
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None);

        Assert.Equal(Environment.ProcessorCount, Threads(verifier).Count);
    }

    [Fact]
    public async Task What_the_user_set_counts()
    {
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartWithAsync(folder.Path, [(SocketThreads.Variable, "0")], CancellationToken.None);

        // The runtime's own choice on machines of up to 44 cores.
        Assert.Single(Threads(verifier));
    }

    /// <summary>A read of the database on such a thread would wait for itself.</summary>
    [RequiresPostgresFact]
    public async Task On_PostgreSQL_the_pool_handles_them_whatever_the_user_set()
    {
        using TemporaryFolder folder = new();
        using PostgresServer postgres = new(isSafe: false);
        using ChildVerifier verifier = await ChildVerifier.StartWithAsync(folder.Path, [(SocketThreads.Variable, "1")], CancellationToken.None, "--database", postgres.To("postgres"));

        Assert.Single(Threads(verifier));
    }

    [Fact]
    public async Task Boards_are_handled_there_and_HTTP_is_not()
    {
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.P256, 16);
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(CancellationToken.None);

        double boards = await ShareAsync(verifier, () => load.RunAsync(TimeSpan.FromSeconds(3), null, CancellationToken.None));
        double callers = await ShareAsync(verifier, () => AskAsync(http));

        // Seen: 53 % and 0 %; 7 % of what boards cost where the pool handles it. The writer and acknowledgements are the rest.
        Assert.True(boards > Quarter && callers < Quarter, FormattableString.Invariant($"share of the socket threads: boards {boards:P0}, HTTP {callers:P0}"));
    }

    private static async Task AskAsync(HttpClient http)
    {
        for (int count = 0; count < 60; count++)
        {
            using HttpResponseMessage page = await http.GetAsync(new Uri("/", UriKind.Relative));
            page.EnsureSuccessStatusCode();
        }
    }

    // Of the processor time that the work took, what those threads took.
    private static async Task<double> ShareAsync(ChildVerifier verifier, Func<Task> work)
    {
        double there = Threads(verifier).Sum(CpuTicks);
        double all = CpuTicks($"/proc/{verifier.ProcessId}/stat");
        await work();
        return (Threads(verifier).Sum(CpuTicks) - there) / (CpuTicks($"/proc/{verifier.ProcessId}/stat") - all);
    }

    private static List<string> Threads(ChildVerifier verifier) =>
        [.. Directory.GetDirectories($"/proc/{verifier.ProcessId}/task").Where(task => File.ReadAllText($"{task}/comm").Trim() == Name).Select(task => $"{task}/stat")];

    // proc(5): utime and stime are the 14th and 15th field; the second, in parentheses, may hold blanks.
    private static double CpuTicks(string stat)
    {
        string text = File.ReadAllText(stat);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }
}
