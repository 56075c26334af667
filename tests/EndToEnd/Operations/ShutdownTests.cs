using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A verifier that is told to stop says so, finishes what it acknowledges, closes its connections and ends with 0.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Terminated_under_load_it_says_no_first_loses_nothing_acknowledged_and_ends_with_0()
    {
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None, "--drain", "2s");
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 24);
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(CancellationToken.None);

        // The run ends by itself only when every connection was closed.
        Task<LoadReport> run = load.RunAsync(2 * Patience.Long, null, CancellationToken.None);
        await run.ReachesAsync(() => load.Acknowledged.Count == fleet.Boards.Count);
        Stopwatch watch = Stopwatch.StartNew();
        Task<int> end = verifier.TerminateAsync();
        bool saidNo = await SaysNoAsync(http, end);
        int exitCode = await end;
        TimeSpan took = watch.Elapsed;
        await run.WaitAsync(Patience.Long);

        Assert.True(saidNo, "/readyz said no before the end");
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.FromSeconds(2), Pace.Allowed(TimeSpan.FromSeconds(20)));
        Assert.Equal(fleet.Boards.Count, load.Acknowledged.Count);
        await Ledger.HoldAgainstAsync(folder.Path, load.Acknowledged, "after the stop");
    }

    private static async Task<bool> SaysNoAsync(HttpClient http, Task end)
    {
        while (!end.IsCompleted)
        {
            try
            {
                using HttpResponseMessage response = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return (await response.Content.ReadAsStringAsync()).Contains("the verifier is stopping", StringComparison.Ordinal);
                }
            }
            catch (HttpRequestException closed) when (closed.InnerException is SocketException or IOException)
            {
                return false;
            }
        }

        return false;
    }
}
