using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Builds;

/// <summary>Two words about a build: its life (DESIGN.md section 6; a draft never reaches a verifier) and whether certificates cover it now.</summary>
internal static class BuildStatus
{
    public const string Submitted = "submitted";
    public const string Covered = "covered";
    public const string Retired = "retired";
    public const string Unknown = "unknown";

    private const string Pending = "pending";
    private const string Withdrawn = "withdrawn";

    public static string Of(ReferenceBuild build, DateTimeOffset now)
    {
        if (build.RetiredAt is not null)
        {
            return Retired;
        }

        return CoverageOf(build, now) == Covered ? Covered : Submitted;
    }

    /// <summary>Pending: no certificate has begun. Withdrawn: some did, none is in force any more.</summary>
    public static string CoverageOf(ReferenceBuild build, DateTimeOffset now)
    {
        if (build.Certificates.Any(certificate => certificate.IsInForce(now)))
        {
            return Covered;
        }

        return build.Certificates.Any(certificate => now >= certificate.ValidFrom) ? Withdrawn : Pending;
    }

    /// <summary>The best of several builds that share a digest.</summary>
    public static string Best(IReadOnlyCollection<string> statuses) =>
        new[] { Covered, Submitted, Retired }.FirstOrDefault(statuses.Contains, Unknown);
}
