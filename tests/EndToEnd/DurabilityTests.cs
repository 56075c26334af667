using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;

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
            await HoldAgainstLedgerAsync(folder.Path, acknowledged, round);
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
        Task<LoadReport> run = load.RunAsync(TimeSpan.FromSeconds(30), null, CancellationToken.None);
        await Task.Delay(Random.Shared.Next(300, 900));
        verifier.Kill();
        await run;
        return load.Acknowledged;
    }

    private static async Task HoldAgainstLedgerAsync(string folder, IReadOnlyDictionary<string, byte[]> acknowledged, int round)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, CancellationToken.None);
        using HttpClient http = verifier.Operator();
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/eat+jwt"));
        foreach ((string ueid, byte[] nonce) in acknowledged)
        {
            string jwt = await http.GetStringAsync(new Uri($"/v1/devices/{ueid}/result", UriKind.Relative));
            long stored = TimeOf(NonceOf(jwt));
            Assert.True(stored >= TimeOf(nonce), $"round {round}: board {ueid} was acknowledged for a challenge of {TimeOf(nonce)} ms, the verdict is of {stored} ms");
        }
    }

    // The first 8 bytes of a challenge are its time: the verdict must be that of the last acknowledged evidence or a later one.
    private static long TimeOf(byte[] nonce) => BinaryPrimitives.ReadInt64BigEndian(nonce);

    private static byte[] NonceOf(string jwt)
    {
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]));
        string nonce = claims.RootElement.GetProperty("submods").GetProperty("firmware").GetProperty("eat_nonce").GetString()!;
        return Base64Url.DecodeFromChars(nonce);
    }
}
