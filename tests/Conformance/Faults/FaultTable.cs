using System.Buffers.Text;
using System.Security.Cryptography;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Protocol;
using IotAttest.Simulator;

namespace IotAttest.Conformance.Tests;

/// <summary>For every check of the suite a fault that it must find.</summary>
internal static class FaultTable
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static IReadOnlyDictionary<string, Fault> Faults { get; } = new Dictionary<string, Fault>
    {
        ["manifest.form"] = OfManifest(_ => ManifestFile.Read("no manifest"u8.ToArray(), null)),
        ["manifest.profile"] = OfBody(body => Replace(body, CorimProfile.Oid, [.. CorimProfile.Oid[..^1], 0x14])),

        // The head of tag 501 in five bytes instead of three.
        ["manifest.deterministic"] = OfBody(body => [0xda, 0x00, 0x00, .. body.AsSpan(1)]),
        ["manifest.signature"] = OfManifest(manifest => TestProduct.Manifest(manifest, signer: ECDsa.Create(ECCurve.NamedCurves.nistP256))),
        ["manifest.components"] = OfContent(manifest => manifest with { Components = [.. manifest.Components.Select(component => component with { Digest = new Sha256Digest(new byte[32]) })] }),
        ["manifest.digests"] = Fault.OfSubject(subject => subject with { FlashedDigests = new Dictionary<string, string>(subject.FlashedDigests) { ["clr"] = "sha256:00" } }),
        ["manifest.class"] = OfContent(manifest => manifest with { ClassId = Guid.NewGuid() }),
        ["manifest.validity"] = OfContent(manifest => manifest with { NotAfter = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }),
        ["manifest.security-version"] = OfContent(manifest => manifest with { SecurityVersion = 0 }),
        ["manifest.sbom"] = OfContent(manifest => manifest with { Sbom = null }),

        ["evidence.answers"] = Fault.OfSubject(subject => subject with { Link = new FaultyLink(subject.Link!) { Evidence = _ => null } }),
        ["evidence.size"] = Fault.OfEvidence(evidence => evidence.Set(-70000, writer => writer.WriteByteString(new byte[2048]))),
        ["evidence.deterministic"] = Fault.OfEvidence(evidence => evidence.IsReversed = true),
        ["evidence.header"] = Fault.OfEvidence(evidence => evidence.SetHeader(99, writer => writer.WriteInt32(0))),
        ["evidence.claims"] = Fault.OfEvidence(evidence => evidence.Remove(EatClaim.Uptime)),
        ["evidence.identity"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.HardwareModel, writer => writer.WriteByteString(new byte[16]))),
        ["evidence.components"] = Fault.OfEvidence(evidence => evidence.DropComponent()),
        ["evidence.build"] = OfContent(manifest => manifest with { Components = [.. manifest.Components.Select(component => component with { Digest = Sha256Digest.Of("another build"u8) })] }),
        ["evidence.nonce"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.Nonce, writer => writer.WriteByteString(RandomNumberGenerator.GetBytes(32)))),
        ["evidence.nonce-unique"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.Nonce, writer => writer.WriteByteString(new byte[32]))),
        ["evidence.other-board"] = OfHearing((subject, _, payload) => (Topics.Challenge(subject.Device!.Ueid), payload)),
        ["evidence.garbage"] = OfHearing((_, topic, payload) => (topic, [.. payload.Concat(new byte[32]).Take(32)])),
        ["evidence.uptime"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.Uptime, writer => writer.WriteInt32(5))),
        ["evidence.boot-seed"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.BootSeed, writer => writer.WriteByteString(Key[..16]))),
        ["evidence.boot-count"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.BootCount, writer => writer.WriteInt32(7))),

        ["key.algorithm"] = Fault.OfEvidence(evidence => evidence.SetHeader(CoseLabel.Algorithm, writer => writer.WriteInt32(-8))),
        ["key.form"] = Fault.OfSubject(subject => subject with { Key = DeviceKeyMaterial.OfPoint(subject.Key!.X, subject.Key.X) }),
        ["key.id"] = Fault.OfEvidence(evidence => evidence.SetHeader(CoseLabel.KeyId, writer => writer.WriteByteString(new byte[8]))),
        ["key.authentic"] = Fault.OfEvidence(evidence => evidence.Signature = signature => signature[40] ^= 1),
        ["key.well-known"] = new(() => Hmac(new byte[32]), (subject, _) => subject),
        ["key.shared"] = Fault.OfSubject(subject => subject with { OtherKeys = [subject.Key!] }),
        ["key.credential"] = new(() => Hmac(Key, Base64Url.EncodeToString(Key)), (subject, _) => subject),
        ["key.signature-nonce"] = Fault.OfEvidence(evidence => evidence.Signature = signature => Key.CopyTo(signature, 0)),
        ["key.signature-values"] = Fault.OfEvidence(evidence => evidence.Signature = signature => signature.AsSpan(0, 32).Clear()),

        ["tamper.bootloader"] = Without(BoardStepKind.ChangeBit, RegionNames.Bootloader),
        ["tamper.partitions"] = Without(BoardStepKind.ChangeBit, RegionNames.Partitions),
        ["tamper.clr"] = Without(BoardStepKind.ChangeBit, RegionNames.Clr),
        ["tamper.deployment"] = Without(BoardStepKind.ChangeBit, RegionNames.Deployment),
        ["tamper.config"] = Without(BoardStepKind.ChangeBit, RegionNames.Config),
        ["tamper.erased-tail"] = Without(BoardStepKind.ChangeErasedTail, RegionNames.Deployment),
        ["tamper.running"] = Without(BoardStepKind.ChangeBitWhileRunning, RegionNames.Deployment),
        ["tamper.verdict"] = Fault.OfVerifier(),

        ["update.manifest"] = Fault.OfSubject(subject => subject with { Newer = subject.Older }),
        ["update.seen"] = Without(BoardStepKind.FlashNewer),
        ["update.counters"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.BootCount, writer => writer.WriteInt32(7))),
        ["update.verdict"] = Fault.OfControl(step => step.Kind == BoardStepKind.FlashNewer ? new BoardStep(BoardStepKind.ChangeBit, RegionNames.Clr) : step),

        ["rollback.manifest"] = Fault.OfSubject(subject => subject with { Older = subject.Newer }),
        ["rollback.seen"] = Without(BoardStepKind.FlashOlder),
        ["rollback.counters"] = Fault.OfEvidence(evidence => evidence.Set(EatClaim.BootCount, writer => writer.WriteInt32(7))),
        ["rollback.verdict"] = Fault.OfVerifier(),

        ["silence.no-answer"] = Fault.OfControl(step => step.Kind == BoardStepKind.SwitchOff ? null : step),
        ["silence.stale"] = Fault.OfControl(step => step.Kind == BoardStepKind.SwitchOff ? null : step),
        ["silence.returns"] = Fault.OfControl(step => step.Kind == BoardStepKind.SwitchOn ? null : step),

        ["decommissioning.refused"] = Fault.OfVerifier(),
        ["decommissioning.erased"] = Without(BoardStepKind.EraseKeys),
    };

    private static BoardIdentity Hmac(byte[] key, string? credential = null)
    {
        BoardIdentity made = BoardIdentity.Create(BoardKeyType.Hmac);
        return BoardIdentity.Of(made.UeidHex, credential ?? made.Credential, key, null);
    }

    private static Fault OfManifest(Func<BuildManifest, ManifestFile> change) => Fault.OfSubject(subject => subject with { Manifest = change(subject.Manifest!.Manifest!) });

    private static Fault OfContent(Func<BuildManifest, BuildManifest> change) => OfManifest(manifest => TestProduct.Manifest(change(manifest)));

    private static Fault OfBody(Func<byte[], byte[]> change) => OfManifest(manifest =>
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ManifestFile.Read(BuildManifestWriter.Sign(change(BuildManifestWriter.EncodeBody(manifest)), manifest.Issuer, manifest.ClassId.ToString("D"), key), key);
    });

    private static Fault OfHearing(Func<ConformanceSubject, string, byte[], (string Topic, byte[] Payload)> change) =>
        Fault.OfSubject(subject => subject with { Link = new FaultyLink(subject.Link!) { Challenge = (topic, payload) => change(subject, topic, payload) } });

    // The step leaves no trace: the board only starts anew, or not even that.
    private static Fault Without(BoardStepKind kind, string? region = null) => Fault.OfControl(step =>
        step.Kind != kind || step.Region != region ? step : kind is BoardStepKind.ChangeBitWhileRunning or BoardStepKind.EraseKeys ? null : new BoardStep(BoardStepKind.Restart));

    private static byte[] Replace(byte[] body, ReadOnlySpan<byte> old, ReadOnlySpan<byte> next)
    {
        byte[] changed = [.. body];
        next.CopyTo(changed.AsSpan(body.AsSpan().IndexOf(old)));
        return changed;
    }
}
