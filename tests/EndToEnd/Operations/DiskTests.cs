using System.Net;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A disk that is full or read-only: nothing is acknowledged, it is said, and all goes on when there is room again.</summary>
public sealed class DiskTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [RequiresSmallDiskFact]
    public async Task On_a_full_disk_nothing_is_acknowledged_and_it_recovers_by_itself()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(24);
        using ChildVerifier verifier = await ChildVerifier.StartAsync(disk.Data, CancellationToken.None);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 24);
        Dictionary<string, byte[]> ledger = [];

        await DiskLoad.AttestAsync(verifier, fleet, ledger);
        int before = ledger.Count;
        disk.Fill();
        await ExhaustAsync(verifier, fleet, ledger, http);
        HttpStatusCode full = await ReadyAsync(http);
        int acknowledgedWhileFull = (await DiskLoad.AttestAsync(verifier, fleet, ledger, Moment)).Count;
        await Ledger.HoldAgainstAsync(verifier, ledger, "while the disk is full");
        disk.Empty();
        await Eventually.TrueAsync(async () => await ReadyAsync(http) == HttpStatusCode.OK, "it is ready when there is room");
        IReadOnlyDictionary<string, byte[]> after = await DiskLoad.AttestAsync(verifier, fleet, ledger);
        verifier.Kill();

        Assert.Equal(fleet.Boards.Count, before);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, full);
        Assert.Equal(0, acknowledgedWhileFull);
        Assert.Equal(fleet.Boards.Count, after.Count);
        await Ledger.HoldAgainstAsync(disk.Data, ledger, "after the kill");
    }

    // What lies in the write-ahead log already has its room: it takes some evidence until that is used up.
    private static async Task ExhaustAsync(ChildVerifier verifier, LoadFleet fleet, Dictionary<string, byte[]> ledger, HttpClient http)
    {
        for (int round = 0; round < 30 && await ReadyAsync(http) == HttpStatusCode.OK; round++)
        {
            await DiskLoad.AttestAsync(verifier, fleet, ledger, Moment);
        }
    }

    private static async Task<HttpStatusCode> ReadyAsync(HttpClient http)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return response.StatusCode;
    }
}
