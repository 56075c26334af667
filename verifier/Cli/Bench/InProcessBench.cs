using System.Collections.Frozen;
using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Cli.Bench;

/// <summary>Appraisal without transport and store, on one thread: decode, look-up, freshness, signature, identity, match, verdict.</summary>
internal sealed class InProcessBench : IDisposable
{
    private const int Boards = 256;
    private const long OemId = 32473;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly Guid ClassId = Guid.NewGuid();

    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));
    private readonly FrozenDictionary<ulong, Board> _boards;
    private readonly byte[][] _evidence;
    private readonly ManufacturerReference _reference;

    public InProcessBench(DeviceKeyKind kind)
    {
        (string Name, byte[] Sha256)[] components = [.. BenchFirmware.Components];
        MeasuredSet measured = new(components.Select(component => new MeasuredComponent(component.Name, component.Sha256)));
        CoveringCertificate certificate = new("BENCH-1", SchemeLevels.OpenScheme, "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Now.AddDays(-1), Now.AddDays(1));
        _reference = new ManufacturerReference([new ReferenceBuild("bench", ClassId, "bench", "1.0.0", 1, measured, [certificate])]);
        EvidenceMaker[] makers = [.. Enumerable.Range(0, Boards).Select(_ => new EvidenceMaker(kind, ClassId, OemId, components))];
        _boards = makers.Select(maker => Board.Of(maker, kind)).ToFrozenDictionary(board => board.Identity.Kid);
        _evidence = [.. makers.Select(maker => maker.Make(_challenges.Mint(maker.UeidBytes, Now)))];
        foreach (EvidenceMaker maker in makers)
        {
            maker.Dispose();
        }
    }

    /// <summary>Bytes of one evidence.</summary>
    public int EvidenceBytes => _evidence[0].Length;

    public (double PerSecond, double BytesPerCall) Run(TimeSpan duration) => Rate.Measure(duration, Appraise);

    public void Dispose()
    {
        foreach (Board board in _boards.Values)
        {
            (board.Key as IDisposable)?.Dispose();
        }
    }

    private void Appraise(int call)
    {
        Refusal? refusal = EvidenceCheck.Decode(_evidence[call % Boards], out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        Board board = _boards[envelope!.Kid.Value];
        refusal ??= EvidenceCheck.Verify(envelope, claims!, board.Identity, board.Key, CheckFreshness, out VerifiedEvidence? evidence);
        bool isOneBoard = IdentityCheck.IsOneBoard(null, claims!.Counters);
        DeviceFacts facts = DeviceFacts.New with { AsOf = Now, Measured = claims.Measured, HasIdentityConflict = !isOneBoard };
        Verdict verdict = Appraiser.Appraise(board.Identity, facts, _reference, AppraisalPolicy.Default, Now);
        if (refusal is not null || verdict.Conformity != Conformity.Conformant)
        {
            throw new InvalidOperationException($"The benchmark measures the wrong thing: {refusal?.Seen ?? verdict.Conformity.ToString()}.");
        }
    }

    private Refusal? CheckFreshness(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) =>
        ChallengeCheck.Check([_challenges], claims.Nonce.Span, claims.Ueid.Span, Now, out stamp);

    private sealed record Board(DeviceIdentity Identity, IDeviceKey Key)
    {
        public static Board Of(EvidenceMaker maker, DeviceKeyKind kind)
        {
            Kid.TryRead(maker.KeyId, out Kid kid);
            DeviceIdentity identity = new(maker.Ueid, kid.Value, kind, Domain.Devices.OemId.OfNumber(OemId), ClassId, EvidenceStrength.Native, FreshnessMode.Challenge, "bench");
            IDeviceKey key = maker.PublicKey is { } point
                ? new P256DeviceKey(EcdsaP256.TryFromCoordinates(point.Q.X, point.Q.Y)!)
                : new HmacDeviceKey(maker.Secret!);
            return new Board(identity, key);
        }
    }
}
