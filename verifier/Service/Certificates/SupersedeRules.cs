using IotAttest.Domain.Corim;
using IotAttest.Service.Builds;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>What must hold before a certificate takes the place of another one.</summary>
internal static class SupersedeRules
{
    /// <exception cref="ProblemException">422, with the reason.</exception>
    public static void Check(CertificateEndorsement endorsement, SupersededCertificate named, CertificateRow row, BuildRow build, DateTimeOffset now)
    {
        if (row.Body != endorsement.Issuer || row.Scheme != endorsement.Scheme)
        {
            throw Refused($"a certificate of {row.Body} under {row.Scheme}", "one of the same body under the same scheme");
        }

        if (row.Manufacturer != build.Manufacturer || new Guid(row.Class, bigEndian: true) != endorsement.ClassId)
        {
            throw Refused("a certificate for another product", "one for the same class of the same manufacturer");
        }

        if (endorsement.ValidFrom > now)
        {
            throw Refused("a start of validity in the future", "a certificate that counts at once, so that no gap opens");
        }

        if (named.IsMinorChange)
        {
            CheckMinorChange(endorsement, row);
        }
    }

    public static ProblemException Refused(string seen, string expected) =>
        Refuse.Unacceptable("BadSupersedes", seen, expected, "Issue the certificate again.");

    // A minor change was not assessed as a whole again: it cannot make the certificate last longer (EUCC, Implementing Regulation (EU) 2024/482, Annex IV.3).
    private static void CheckMinorChange(CertificateEndorsement endorsement, CertificateRow row)
    {
        if (endorsement.ValidUntil.ToUnixTimeMilliseconds() != row.ValidUntil || endorsement.Level != row.Level)
        {
            throw Refused("a minor change with another end of validity or level", "the end of validity and the level of the certificate it supersedes");
        }
    }
}
