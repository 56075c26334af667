using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Changes what a whole fleet is compared with (certificate, advisory, policy, build) and waits until every board shows it and has it in its history.</summary>
internal static class ReappraisalBench
{
    private const int Asked = 20;

    public static async Task<ReappraisalReport> RunAsync(int boards, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        await using FleetStore store = await FleetStore.MakeAsync(new FleetPlan(boards, 1, 1), say, cancellation);

        // The look at all boards that follows a start is not what is measured.
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        long before = DatabaseFile.Bytes(store.Folder);
        List<ReappraisalRow> rows = [];
        foreach (FleetChange change in FleetChange.All("BENCH-0", await BuildAsync(store, cancellation), DateTimeOffset.UtcNow))
        {
            say($"{change.Name}: {boards:N0} boards");
            rows.Add(await MakeAsync(store, boards, change, cancellation));
        }

        double growth = DatabaseFile.Bytes(store.Folder) - before;
        await store.CloseAsync();
        say("the same rows, and nothing else");
        List<Cost> limits = [.. rows.Select(_ => RowLimit.Write(store.Folder))];
        return new ReappraisalReport(BenchRun.Machine, at, boards, [.. rows.Zip(limits, (row, limit) => row with { LimitSeconds = limit.Seconds, LimitCpuSeconds = limit.CpuSeconds })], growth / rows.Count / boards);
    }

    private static async Task<ReappraisalRow> MakeAsync(FleetStore store, int boards, FleetChange change, CancellationToken cancellation)
    {
        using HttpClient http = store.Operator();
        string[] asked = [.. store.Services.GetRequiredService<DeviceDirectory>().All.Take(Asked).Select(board => board.Identity.Ueid)];
        long before = LastHistory(store);
        (Stopwatch watch, double cpu) = (Stopwatch.StartNew(), CpuClock.Process());
        using HttpResponseMessage decided = await http.PostAsJsonAsync(change.Path, change.Body, cancellation);
        if (!decided.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await decided.Content.ReadAsStringAsync(cancellation));
        }

        double answered = watch.Elapsed.TotalSeconds;
        await WaitAsync(async () => (await Task.WhenAll(asked.Select(ueid => ConformityAsync(http, ueid)))).All(word => word == change.Conformity), cancellation);
        double read = watch.Elapsed.TotalSeconds;
        await WaitAsync(() => Task.FromResult(LastHistory(store) - before >= boards), cancellation);
        return new ReappraisalRow(change.Name, answered, read, watch.Elapsed.TotalSeconds, CpuClock.Process() - cpu, 0, 0);
    }

    private static async Task<string> BuildAsync(FleetStore store, CancellationToken cancellation)
    {
        using HttpClient http = store.Operator();
        return (await http.GetFromJsonAsync<JsonElement>("/v1/builds", cancellation)).GetProperty("builds")[0].GetProperty("id").GetString()!;
    }

    private static long LastHistory(FleetStore store)
    {
        using DbConnection connection = store.Services.GetRequiredService<Database>().Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(seq), 0) FROM device_history";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<string?> ConformityAsync(HttpClient http, string ueid) =>
        (await http.GetFromJsonAsync<JsonElement>($"/v1/devices/{ueid}")).GetProperty("conformity").GetString();

    private static async Task WaitAsync(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        while (!await condition())
        {
            await Task.Delay(5, cancellation);
        }
    }
}
