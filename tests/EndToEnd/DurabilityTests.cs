using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Nothing is acknowledged before it is durable: a verifier that is killed under load has lost nothing it acknowledged.</summary>
public sealed class DurabilityTests
{
    private const int Rounds = 10;
    private const int Boards = 24;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_verifier_killed_under_load_has_every_acknowledged_evidence_after_restart(bool signs)
    {
        using TemporaryFolder folder = new();
        using LoadFleet fleet = await EnrolAsync(folder.Path, signs ? DeviceKeyKind.P256 : DeviceKeyKind.Hmac);

        int acknowledgedInAll = 0;
        for (int round = 0; round < Rounds / 2; round++)
        {
            IReadOnlyDictionary<string, byte[]> acknowledged = await RunUntilKilledAsync(folder.Path, fleet);
            acknowledgedInAll += acknowledged.Count;
            await Ledger.HoldAgainstAsync(folder.Path, acknowledged, $"round {round}");
        }

        // A ledger without entries would prove nothing.
        Assert.True(acknowledgedInAll >= Boards * Rounds / 4, $"only {acknowledgedInAll} boards were acknowledged before the kills");
    }

    private static async Task<LoadFleet> EnrolAsync(string folder, DeviceKeyKind kind)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, CancellationToken.None);
        using HttpClient http = verifier.Operator();
        return await LoadFleet.EnrolAsync(http, kind, Boards);
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> RunUntilKilledAsync(string folder, LoadFleet fleet)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, CancellationToken.None);
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(CancellationToken.None);
        Task<LoadReport> run = load.RunAsync(2 * Patience.Long, null, CancellationToken.None);
        await run.ReachesAsync(() => load.Acknowledged.Count == Boards);
        await Task.Delay(Random.Shared.Next(100, 600));
        verifier.Kill();
        await run;
        return load.Acknowledged;
    }
}
