using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.Results;

/// <summary>What an EAR says (draft-ietf-rats-ear-03): a verdict, whose evidence it answers, and how long it holds.</summary>
/// <param name="Ueid">The board it is about, 34 hex digits: without it one board's result could be shown for another.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="EvidenceNonce">The 32-byte nonce of the evidence.</param>
/// <param name="IssuedAt">iat, cut to whole seconds.</param>
/// <param name="VerifierBuild">Version of the verifier.</param>
public sealed record AttestationResult(string Ueid, Verdict Verdict, ReadOnlyMemory<byte> EvidenceNonce, DateTimeOffset IssuedAt, string VerifierBuild)
{
    /// <summary>eat_profile of an EAR of draft -03.</summary>
    public const string Profile = "tag:ietf.org,2026:rats/ear#03";

    /// <summary>ear_verifier_id, developer.</summary>
    public const string Developer = "IotAttest";

    private static readonly TimeSpan LongestValidity = TimeSpan.FromHours(1);

    /// <summary>exp: when the verdict turns stale, at most one hour from iat.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            DateTimeOffset latest = IssuedAt + LongestValidity;
            return Verdict.ExpiresAt is { } stale && stale < latest ? stale : latest;
        }
    }
}
