using IotAttest.Protocol;

namespace IotAttest.Agent.Tests;

/// <summary>What the board does for each challenge must not eat its heap.</summary>
public sealed class EncodeTests
{
    [Fact]
    public void Writing_evidence_allocates_nothing_after_start()
    {
        EvidenceWriter writer = new();
        SilentAuthenticator authenticator = new();
        EvidenceClaims claims = Claims();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, authenticator));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            claims.UptimeSeconds++;
            writer.Write(claims, authenticator);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(writer.Length, 1, 561);
    }

    [Fact]
    public void An_evidence_source_with_hmac_allocates_less_than_1_KiB_per_challenge_after_start()
    {
        byte[] ueid = Claims().Ueid;
        using HmacAuthenticator authenticator = new(ueid, new byte[32]);
        EvidenceFacts facts = new() { Ueid = ueid, ClassId = new byte[16], OemId = 32473, SoftwareName = "Thermostat", SoftwareVersion = "1.2.0" };
        ManagedEvidenceSource source = new(facts, new FakeBootState(), new InventoryMeasurer(new InventoryText()), authenticator);
        byte[] nonce = new byte[32];
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];
        source.Produce(nonce, output, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(EvidenceStatus.Ok, source.Produce(nonce, output, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    private static EvidenceClaims Claims()
    {
        EvidenceClaims claims = new()
        {
            Nonce = new byte[32],
            Ueid = [0x01, .. new byte[16]],
            OemId = 32473,
            HardwareModel = new byte[16],
            BootSeed = new byte[16],
            BootCount = 7,
            UptimeSeconds = 1000,
            HardwareVersion = "rev 3",
            SoftwareName = "Thermostat",
            SoftwareVersion = "1.2.0",
            OemBoot = 1,
            DebugStatus = 2,
        };
        foreach (string name in new[] { EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment })
        {
            Assert.True(claims.AddComponent(name, new byte[32]));
        }

        return claims;
    }

    private sealed class SilentAuthenticator : IEvidenceAuthenticator
    {
        public int Algorithm => CoseLabel.Hmac256;

        public byte[] KeyId { get; } = new byte[CoseLabel.KeyIdBytes];

        public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) => output[outputOffset] = structure[offset];
    }
}
