using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Certificates;

/// <summary>What a body can decide about a live certificate. Withdrawn, revoked and expired are final: a new certificate is issued instead.</summary>
internal static class CertificateDecision
{
    private static readonly Dictionary<string, (CertificateStatus[] From, CertificateStatus To)> Transitions = new(StringComparer.Ordinal)
    {
        ["suspend"] = ([CertificateStatus.Certified], CertificateStatus.Suspended),
        ["resume"] = ([CertificateStatus.Suspended], CertificateStatus.Certified),
        ["withdraw"] = ([CertificateStatus.Certified, CertificateStatus.Suspended], CertificateStatus.Withdrawn),
        ["revoke"] = ([CertificateStatus.Certified, CertificateStatus.Suspended], CertificateStatus.Revoked),
    };

    public static IEnumerable<string> Words => Transitions.Keys;

    public static bool IsWord(string word) => Transitions.ContainsKey(word);

    /// <summary>The status after a decision, or null when it cannot be taken from here.</summary>
    public static CertificateStatus? After(CertificateStatus status, string word) =>
        Transitions[word] is var (from, to) && from.Contains(status) ? to : null;

    /// <summary>The decisions that can be taken from here.</summary>
    public static IEnumerable<string> Possible(CertificateStatus status) => Words.Where(word => After(status, word) is not null);
}
