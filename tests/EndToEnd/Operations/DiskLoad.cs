using IotAttest.Cli.Bench;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>Load on a verifier whose disk fills up.</summary>
internal static class DiskLoad
{
    /// <summary>Load for some time, or until every board was acknowledged; what was goes into the ledger, by UEID.</summary>
    /// <returns>What was acknowledged now.</returns>
    public static async Task<IReadOnlyDictionary<string, byte[]>> AttestAsync(ChildVerifier verifier, LoadFleet fleet, Dictionary<string, byte[]> ledger, TimeSpan? duration = null)
    {
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(CancellationToken.None);
        await (duration is { } time ? load.RunAsync(time, null, CancellationToken.None) : load.EveryBoardAsync(fleet));
        foreach ((string ueid, byte[] nonce) in load.Acknowledged)
        {
            ledger[ueid] = nonce;
        }

        return load.Acknowledged;
    }

    /// <summary>Enrols some boards more, which needs room; false when it was refused for want of it.</summary>
    public static async Task<bool> TakesBoardsAsync(HttpClient http)
    {
        try
        {
            await LoadFleet.FillAsync(http, 50);
            return true;
        }
        catch (InvalidOperationException refused)
        {
            Assert.Contains("StoreDown", refused.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
