using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Builds;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>What must hold before a signed certificate is taken.</summary>
internal static class IssueRules
{
    private const int MaxIdLength = 64;

    /// <summary>The rules that need no store.</summary>
    public static void Check(CertificateEndorsement endorsement, Organisation body, DateTimeOffset now)
    {
        if (endorsement.Issuer != body.Name)
        {
            throw Refuse.Unacceptable("IssuerMismatch", $"issuer {endorsement.Issuer} in a file signed by {body.Name}", "one issuer", "Make the certificate again with the right issuer.");
        }

        if (!IsId(endorsement.CertificateId))
        {
            throw Refuse.Unacceptable("BadId", "a certificate id that cannot stand in an address", $"1 to {MaxIdLength} of letters, digits, hyphen, dot and underscore, the first a letter or digit", "Choose another id.");
        }

        if (endorsement.Scheme != SchemeLevels.OpenScheme && !body.Schemes.Contains(endorsement.Scheme))
        {
            throw Refuse.Forbidden($"scheme {endorsement.Scheme} from {body.Name}", $"{string.Join(", ", body.Schemes.Append(SchemeLevels.OpenScheme).Distinct())}");
        }

        CheckValidity(endorsement, now);
        CheckScheme(endorsement, now);
    }

    /// <summary>The version of the scheme: the one the certificate names, else the one that is to be used then; null where none is known.</summary>
    public static string? VersionOf(CertificateEndorsement endorsement, DateTimeOffset now) =>
        endorsement.SchemeVersion ?? SchemeCatalogue.Default.Find(endorsement.Scheme)?.VersionAt(now)?.Id;

    /// <summary>What the certificate's scheme and level demand of decisions.</summary>
    public static CertificateRules RulesOf(CertificateEndorsement endorsement) => SchemeCatalogue.Default.RulesOf(endorsement.Scheme, endorsement.Level);

    /// <summary>The condition must say exactly what the manifest says, or the certificate would cover something nobody looked at.</summary>
    public static void CheckCondition(CertificateEndorsement endorsement, BuildManifest manifest)
    {
        if (endorsement.ClassId != manifest.ClassId || BuildTable.SetOf(endorsement.Components).Hash != BuildTable.SetOf(manifest.Components).Hash)
        {
            throw Refuse.Unacceptable("ConditionMismatch", "a condition with another class or other components than the manifest", "class and components of the manifest that the certificate names", "Issue the certificate again from the manifest file.");
        }
    }

    private static void CheckValidity(CertificateEndorsement endorsement, DateTimeOffset now)
    {
        if (endorsement.ValidUntil <= now)
        {
            throw Refuse.Unacceptable("Expired", "an end of validity in the past", "an end of validity in the future", "Issue the certificate again.");
        }

        if (endorsement.ValidFrom is { } from && endorsement.ValidUntil <= from)
        {
            throw Refuse.Unacceptable("BadValidity", "an end of validity that is not after its start", "a span of time", "Issue the certificate again.");
        }
    }

    // A scheme that nobody described has no limits here; the operator who assigned it answers for it.
    private static void CheckScheme(CertificateEndorsement endorsement, DateTimeOffset now)
    {
        if (SchemeCatalogue.Default.Find(endorsement.Scheme) is not { } scheme)
        {
            return;
        }

        if (scheme.State != SchemeState.Issuing)
        {
            throw Refuse.Unacceptable("SchemeNotIssuing", $"scheme {scheme.Id}, which is {EnumWord.Of(scheme.State)}", "a scheme that issues certificates", "Choose another scheme (GET /v1/schemes).");
        }

        if (scheme.FindLevel(endorsement.Level) is null)
        {
            throw Refuse.Unacceptable("UnknownLevel", $"a level that {scheme.Id} does not have", string.Join(", ", scheme.Levels.Select(level => level.Code)), "Issue the certificate again at one of these levels.");
        }

        CheckVersion(scheme, endorsement, now);
        if (scheme.LatestEnd(now) is { } latest && endorsement.ValidUntil > latest)
        {
            throw Refuse.Unacceptable("ValidityTooLong", $"an end of validity at {UtcText.Of(endorsement.ValidUntil)}", $"an end within {scheme.MaxValidityMonths} months of the issue: at most {UtcText.Of(latest)}", "Issue the certificate again with an earlier end.");
        }
    }

    private static void CheckVersion(Scheme scheme, CertificateEndorsement endorsement, DateTimeOffset now)
    {
        if (endorsement.SchemeVersion is not { } named || scheme.Versions.IsEmpty)
        {
            return;
        }

        string expected = string.Join(", ", scheme.Versions.Where(known => known.IsAccepted(now) && !scheme.IsOvertaken(known, now)).Select(known => known.Id));
        if (scheme.FindVersion(named) is not { } version)
        {
            throw BadVersion("UnknownSchemeVersion", $"version {named} of {scheme.Id}", expected);
        }

        if (version.IsRetired(now))
        {
            throw BadVersion("SchemeVersionRetired", $"version {named} of {scheme.Id}, which is retired", expected);
        }

        if (!version.IsAccepted(now) || scheme.IsOvertaken(version, now))
        {
            throw BadVersion("SchemeVersionNotAccepted", $"version {named} of {scheme.Id}, which is not accepted now", expected);
        }
    }

    private static ProblemException BadVersion(string code, string seen, string expected) => Refuse.Unacceptable(code, seen, expected, "Evaluate against another version and issue the certificate again.");

    private static bool IsId(string id) =>
        id.Length <= MaxIdLength && char.IsAsciiLetterOrDigit(id[0]) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
}
