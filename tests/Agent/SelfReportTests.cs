using IotAttest.Protocol;
using IotAttest.Simulator;

using static IotAttest.Agent.Tests.StateFiles;

namespace IotAttest.Agent.Tests;

/// <summary>The way of a board without native module: identity and key from its device state.</summary>
public sealed class SelfReportTests
{
    [Fact]
    public void A_self_reported_board_makes_authentic_evidence_from_its_state()
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        MemoryFiles files = new();
        Save(files, new DeviceState { Ueid = identity.Ueid, Key = identity.HmacKey, Credential = identity.Credential });
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        InventoryText text = new();
        text.Add("source", "managed");
        SelfReport report = new(store, new EvidenceFacts { ClassId = new byte[16], OemId = 32473 }, new InventoryMeasurer(text));
        AgentOptions options = new() { Host = "localhost", UseTls = false };
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];

        EvidenceStatus chosen = EvidenceSources.Choose(new FakeNativeModule { IsAbsent = true }, state, report, options);
        EvidenceStatus made = options.EvidenceSource.Produce(new byte[32], output, out int length);

        Assert.Equal((EvidenceStatus.Ok, EvidenceStatus.Ok, OptionsStatus.Ok), (chosen, made, options.Check()));
        Assert.Equal((EvidenceSourceKind.Managed, identity.Credential), (options.EvidenceSource.Kind, options.Credential));
        DecodedEvidence evidence = new(output[..length]);
        Assert.True(evidence.IsAuthentic(identity));
        Assert.Equal(2, evidence.BootCount);
        Assert.Equal([EvidenceProfile.Inventory], evidence.Digests.Keys);
    }

    [Theory]
    [InlineData(false, true, EvidenceStatus.NotProvisioned)]
    [InlineData(true, false, EvidenceStatus.KeyMissing)]
    public void Half_an_identity_is_none(bool hasUeid, bool hasKey, EvidenceStatus expected)
    {
        DeviceState state = Provisioned();
        state.Ueid = hasUeid ? state.Ueid : null;
        state.Key = hasKey ? state.Key : null;
        AgentOptions options = new();

        Assert.Equal(expected, new SelfReport(new DeviceStateStore(new MemoryFiles()), new EvidenceFacts(), null).Fill(state, options));
        Assert.Null(options.EvidenceSource);
    }
}
