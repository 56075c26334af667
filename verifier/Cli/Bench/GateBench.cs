using System.Diagnostics;
using System.Net.Http.Json;
using IotAttest.Service.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Asks the gate over HTTP about boards drawn at random.</summary>
internal static class GateBench
{
    private const int Clients = 8;
    private const int LargestQuestion = 1_000;

    public static async Task<GateReport> RunAsync(int boards, TimeSpan duration, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        await using FleetStore store = await FleetStore.MakeAsync(new FleetPlan(boards, 10, 1), say, cancellation);
        string[] ueids = [.. store.Services.GetRequiredService<DeviceDirectory>().All.Select(board => board.Identity.Ueid)];
        List<GateRow> rows = [];
        foreach ((int size, int clients) in new[] { (1, 1), (1, Clients), (Math.Min(boards, LargestQuestion), 1), (Math.Min(boards, LargestQuestion), Clients) })
        {
            say($"POST /v1/gate, {size} boards in a question, {clients} clients");
            await AskAsync(store, ueids, size, clients, duration / 5, cancellation);
            Stopwatch watch = Stopwatch.StartNew();
            List<double>[] latencies = await AskAsync(store, ueids, size, clients, duration, cancellation);
            double[] sorted = [.. latencies.SelectMany(list => list).Order()];
            rows.Add(new GateRow(size, clients, LoadReport.Of(latencies, watch.Elapsed), sorted[(int)(sorted.Length * 0.95)]));
        }

        return new GateReport(BenchRun.Machine, at, boards, rows);
    }

    private static Task<List<double>[]> AskAsync(FleetStore store, string[] ueids, int size, int clients, TimeSpan duration, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(store, ueids, size, duration, cancellation), cancellation)));

    private static async Task<List<double>> AskAsync(FleetStore store, string[] ueids, int size, TimeSpan duration, CancellationToken cancellation)
    {
        using HttpClient http = store.Operator();
        List<double> latencies = [];
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            int first = Random.Shared.Next(ueids.Length);
            string[] asked = [.. Enumerable.Range(0, size).Select(index => ueids[(first + index) % ueids.Length])];
            long started = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.PostAsJsonAsync("/v1/gate", new { ueids = asked, mode = "enforce" }, cancellation);
            string answer = await response.Content.ReadAsStringAsync(cancellation);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!response.IsSuccessStatusCode || !answer.Contains("\"allow\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The gate answered {(int)response.StatusCode}: {answer[..Math.Min(200, answer.Length)]}");
            }
        }

        return latencies;
    }
}
