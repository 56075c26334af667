using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Builds;

/// <summary>Whether certificates cover a build now.</summary>
internal static class BuildStatus
{
    public const string Covered = "covered";
    public const string Pending = "pending";
    public const string Withdrawn = "withdrawn";
    public const string Unknown = "unknown";

    /// <summary>Pending: none has begun. Withdrawn: some did, none is in force any more.</summary>
    public static string Of(ReferenceBuild build, DateTimeOffset now)
    {
        if (build.Certificates.Any(certificate => certificate.IsInForce(now)))
        {
            return Covered;
        }

        return build.Certificates.Any(certificate => now >= certificate.ValidFrom) ? Withdrawn : Pending;
    }

    /// <summary>The best of several builds that share a digest.</summary>
    public static string Best(IReadOnlyCollection<string> statuses) =>
        new[] { Covered, Pending, Withdrawn }.FirstOrDefault(statuses.Contains, Unknown);
}
