using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>The verifier's own decisions (verifier/Domain) about one board, kept in memory: the same that the service makes, without a store.</summary>
public sealed class BenchVerifier(DeviceIdentity device, IDeviceKey key, ManufacturerReference reference, TimeProvider clock) : IVerifierSide
{
    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));
    private readonly byte[] _ueid = Ueid.FromHex(device.Ueid) ?? throw new ArgumentException($"'{device.Ueid}' is no UEID.", nameof(device));
    private DeviceFacts _facts = DeviceFacts.New;
    private BootCounters? _baseline;
    private FreshnessStamp _spent;
    private DateTimeOffset _minted;

    /// <inheritdoc/>
    public int Alarms { get; private set; }

    /// <inheritdoc/>
    public byte[] Challenge()
    {
        // Times of challenges grow, also within one tick of the clock and when it was set back.
        DateTimeOffset next = _minted.AddMilliseconds(1);
        _minted = clock.GetUtcNow() > next ? clock.GetUtcNow() : next;
        return _challenges.Mint(_ueid, _minted);
    }

    /// <inheritdoc/>
    public Verdict Appraise() => Appraiser.Appraise(device, _facts, reference, AppraisalPolicy.Default, clock.GetUtcNow());

    /// <inheritdoc/>
    public void Decommission() => _facts = _facts with { IsDecommissioned = true };

    /// <inheritdoc/>
    public VerifierAnswer Submit(ReadOnlyMemory<byte> evidence)
    {
        Refusal? refusal = EvidenceCheck.Decode(evidence, out EvidenceEnvelope? envelope, out DecodedClaims? claims) ?? CheckService();
        VerifiedEvidence? verified = null;
        refusal ??= EvidenceCheck.Verify(envelope!, claims!, device, key, CheckFreshness, out verified);
        if (refusal is null)
        {
            Accept(verified!);
        }

        return new VerifierAnswer(refusal, Appraise());
    }

    private Refusal? CheckService()
    {
        if (!_facts.IsDecommissioned)
        {
            return null;
        }

        Alarms++;
        return new Refusal(RefusalCode.IdentityMismatch, "evidence of a decommissioned board", "a board in service", "find out why this board still runs");
    }

    private Refusal? CheckFreshness(DecodedClaims claims, DeviceIdentity board, out FreshnessStamp stamp)
    {
        Refusal? refusal = ChallengeCheck.Check([_challenges], claims.Nonce.Span, _ueid, clock.GetUtcNow(), out stamp);
        return refusal is null && stamp.TimeMs <= _spent.TimeMs
            ? new Refusal(RefusalCode.NonceUsed, "a challenge that was answered already", "each challenge once", "ask for a new challenge")
            : refusal;
    }

    private void Accept(VerifiedEvidence evidence)
    {
        BuildMatch match = reference.Match(device.ClassId, evidence.Claims.Measured);
        ReferenceBuild? own = match.Drift == Drift.None ? match.Build : null;
        bool isOneBoard = IdentityCheck.IsOneBoard(_baseline, evidence.Claims.Counters);
        _baseline = isOneBoard ? evidence.Claims.Counters : _baseline;
        _spent = evidence.Stamp;
        _facts = StickyCauses.Update(_facts, device.ClassId, reference, evidence.Claims.Measured) with
        {
            AsOf = evidence.Stamp.Time,
            Measured = evidence.Claims.Measured,
            BootFacts = evidence.Claims.BootFacts,
            HasIdentityConflict = _facts.HasIdentityConflict || !isOneBoard,
            HasClaimMismatch = evidence.HasClaimMismatch,
            HighestSecurityVersion = Math.Max(_facts.HighestSecurityVersion, own?.SecurityVersion ?? 0),
            LastBuild = own?.Id ?? _facts.LastBuild,
        };
    }
}
