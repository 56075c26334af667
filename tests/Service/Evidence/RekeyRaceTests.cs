using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Service.Devices;
using IotAttest.Service.Evidence;
using IotAttest.Service.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

public sealed class RekeyRaceTests
{
    [Fact]
    public async Task Evidence_verified_under_a_key_that_a_rekey_replaced_meanwhile_is_refused()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        EvidenceJob job = await VerifiedAsync(verifier, board);

        using HttpClient client = verifier.Operator();
        Assert.Equal(200, await client.PostJsonAsync($"/v1/devices/{board.Ueid}/rekey", new { key = Boards.HmacKey(RandomNumberGenerator.GetBytes(32)), reason = "the key leaked" }).StatusAsync());
        await verifier.Services.GetRequiredService<StoreWriter>().PostAsync(job, CancellationToken.None);

        EvidenceAnswer answer = await job.Completion;
        Assert.Equal(RefusalCode.UnknownKey, answer.Refusal?.Code);
        Assert.Equal("null", (await board.DeviceAsync()).GetProperty("asOf").GetRawText());
    }

    // What the pipeline holds in its hand when the rekey overtakes it.
    private static async Task<EvidenceJob> VerifiedAsync(VerifierUnderTest verifier, TestBoard board)
    {
        IServiceProvider services = verifier.Services;
        Assert.True(services.GetRequiredService<DeviceDirectory>().TryFindByUeid(board.Ueid, out DeviceEntry? device));
        Assert.Null(EvidenceCheck.Decode(board.Evidence(await board.ChallengeAsync()), out EvidenceEnvelope? envelope, out DecodedClaims? claims));
        Assert.Null(EvidenceCheck.Verify(envelope!, claims!, device.Identity, new HmacDeviceKey(device.KeyMaterial), Fresh, out VerifiedEvidence? evidence));
        return new EvidenceJob(device, evidence!, new byte[32], services.GetRequiredService<DeviceStateTable>(), services.GetRequiredService<VerdictSource>());
    }

    private static Refusal? Fresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp)
    {
        stamp = new FreshnessStamp(1, 1);
        return null;
    }
}
