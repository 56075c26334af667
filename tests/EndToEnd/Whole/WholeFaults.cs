using System.Globalization;
using IotAttest.EndToEnd.Tests.Cluster;
using IotAttest.EndToEnd.Tests.Long;
using IotAttest.Support;
using RabbitMQ.Client;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>Kills parts of the whole under load, and measures until every board has a new result.</summary>
internal sealed class WholeFaults(WholeCluster whole, LongFleet fleet)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<string, List<TimeSpan>> _recoveries = new(StringComparer.Ordinal);
    private readonly List<string> _slow = [];

    /// <summary>One round: each part once, by turns another verifier and another node.</summary>
    public async Task RoundAsync(int round)
    {
        await KillVerifierAsync(round % whole.Verifiers.Count);
        await KillNodeAsync(round % whole.Rabbit.Nodes.Length);
        await StopPostgresAsync();
    }

    /// <summary>Holds the ledger against all verifiers and the database, and looks that nothing stayed behind.</summary>
    /// <returns>The line of figures.</returns>
    public async Task<string> HoldAsync()
    {
        await fleet.StopAsync();
        string held = await LongLedger.HoldAgainstAsync(whole.Verifiers, whole.Look(), fleet.Ledger);
        await Eventually.TrueAsync(async () => (await whole.MetricsAsync("iotattest_cluster_leads")).Sum() == 1, "one verifier leads");
        await using IConnection connection = await whole.Rabbit.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        Assert.Equal(0u, await DeadLetter.CountAsync(channel));
        string times = string.Join("; ", _recoveries.Select(pair => string.Create(
            CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value.Count} times, every board answered in {pair.Value.Order().ElementAt(pair.Value.Count / 2).TotalSeconds:N2} s (median), {pair.Value.Max().TotalSeconds:N2} s (longest)")));
        return string.Join('\n', [$"{held}; {times}; nodes told to join again {whole.Rabbit.Nodes.Sum(node => node.Repairs)} times", .. _slow]);
    }

    // The other two go on with what it had in its hands.
    private async Task KillVerifierAsync(int index)
    {
        await fleet.EveryBoardAsync();
        whole.KillVerifier(index);
        await RecoverAsync("verifier killed");
        await whole.BeginVerifierAsync(index);
        await RecoverAsync("verifier started again");
        await whole.ReadyAsync(index);
    }

    private async Task KillNodeAsync(int index)
    {
        // Whoever takes a node out looks first whether the others can do without it, which takes a while after one came back.
        foreach (RabbitNode node in whole.Rabbit.Nodes)
        {
            await Eventually.TrueAsync(node.MayGoAsync, "the cluster has a majority without any one node", whole.Rabbit.Logs);
        }

        RabbitNode killed = whole.Rabbit.Nodes[index];
        killed.Kill();
        await RecoverAsync("node killed");
        RabbitNode survivor = whole.Rabbit.Nodes[(index + 1) % whole.Rabbit.Nodes.Length];
        await Eventually.TrueAsync(survivor.HasMqttLeaderAsync, "the other nodes' MQTT plugins have a leader", whole.Rabbit.Logs);
        killed.Begin();
        await killed.ReadyAsync();
        await RecoverAsync("node returned");
    }

    private async Task StopPostgresAsync()
    {
        await fleet.EveryBoardAsync();
        await Task.Run(whole.Postgres.Stop);

        // Not a wait for something: this is how long it is away. What was acknowledged before may still be on its way at first.
        await Task.Delay(Random.Shared.Next(500, 2_000));
        long acknowledged = fleet.Acknowledged;
        await Task.Delay(Random.Shared.Next(500, 2_000));
        Assert.Equal(acknowledged, fleet.Acknowledged);
        await Task.Run(whole.Postgres.StartAgain);
        await RecoverAsync("PostgreSQL started again");
    }

    private async Task RecoverAsync(string what)
    {
        TimeSpan took = await fleet.EveryBoardAsync();
        if (!_recoveries.TryGetValue(what, out List<TimeSpan>? all))
        {
            _recoveries[what] = all = [];
        }

        all.Add(took);
        if (took > Promise)
        {
            _slow.Add($"{what}, {took.TotalSeconds:N1} s: {fleet.StoryOfTheLast}");
        }

        Assert.True(took < Pace.Allowed(Promise), $"{what}: every board was answered again after {took}, allowed are {Pace.Allowed(Promise)}\n{fleet.StoryOfTheLast}\n{whole.Rabbit.Logs()}");
    }
}
