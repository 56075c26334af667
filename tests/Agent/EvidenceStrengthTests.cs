using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Simulator;

using EvidenceStrength = IotAttest.Domain.Devices.EvidenceStrength;

namespace IotAttest.Agent.Tests;

/// <summary>The verifier takes a board for what it was enrolled as, not for what it sends.</summary>
public sealed class EvidenceStrengthTests
{
    private static readonly Guid ClassId = Guid.Parse("7d9d0c4e-3f1b-4c7e-9a55-0f4f2f6f8a01");

    [Theory]
    [InlineData(EvidenceStrength.SelfReported, false)]
    [InlineData(EvidenceStrength.Native, true)]
    [InlineData(EvidenceStrength.HardwareRooted, true)]
    public void An_inventory_is_a_mismatch_unless_the_board_was_enrolled_as_self_reported(EvidenceStrength enrolled, bool isMismatch)
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        byte[] evidence = SelfReported(identity);
        Assert.Null(EvidenceCheck.Decode(evidence, out Domain.Cose.EvidenceEnvelope? envelope, out DecodedClaims? claims));
        DeviceIdentity device = new(
            identity.UeidHex, envelope!.Kid.Value, DeviceKeyKind.Hmac, OemId.OfNumber(32473), ClassId, enrolled, Domain.Devices.FreshnessMode.Challenge, "acme");

        Refusal? refusal = EvidenceCheck.Verify(envelope, claims!, device, new HmacDeviceKey(identity.HmacKey!), Fresh, out VerifiedEvidence? verified);

        Assert.Null(refusal);
        Assert.Equal(isMismatch, verified!.HasClaimMismatch);
    }

    // As a board without the module does it: state, choice, inventory, evidence.
    private static byte[] SelfReported(BoardIdentity identity)
    {
        DeviceStateStore store = new(new MemoryFiles());
        store.Load(out DeviceState state);
        state.Ueid = identity.Ueid;
        state.Key = identity.HmacKey;
        state.Credential = identity.Credential;
        EvidenceFacts facts = new() { ClassId = ClassId.ToByteArray(bigEndian: true), OemId = 32473 };
        SelfReport report = new(store, facts, new InventoryMeasurer(InventoryText.OfThisBoard([typeof(AttestationAgent).Assembly])));
        AgentOptions options = new();
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];

        Assert.Equal(EvidenceStatus.Ok, EvidenceSources.Choose(new FakeNativeModule { IsAbsent = true }, state, report, options));
        Assert.Equal(EvidenceStatus.Ok, options.EvidenceSource.Produce(new byte[EvidenceProfile.NonceBytes], output, out int length));
        return output[..length];
    }

    private static Refusal? Fresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp)
    {
        stamp = default;
        return null;
    }
}
