using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>Profiles of others whose rules are applied, so that a file which breaks them is refused and one which keeps them is not.</summary>
/// <remarks>The two Arm CCA profiles, as far as their published conformance files go (repository veraison/corim, profiles/cca/testcases).</remarks>
internal static class KnownProfiles
{
    private const string CcaPlatform = "tag:arm.com,2025:cca_platform#1.0.0";
    private const string CcaRealm = "tag:arm.com,2025:cca_realm#1.0.0";
    private const int ImplementationIdDigits = 2 * 32;

    private static readonly int[] RealmMeasurementDigits = [2 * 32, 2 * 48, 2 * 64];

    /// <summary>True for a file without a profile, which only the draft rules, and for profiles whose rules <see cref="Check"/> applies.</summary>
    internal static bool Contains(string? profile) => profile is null or CcaPlatform or CcaRealm || profile == CorimStructure.OwnProfile;

    internal static CorimError? Check(CorimDocument document)
    {
        EnvironmentRecord[] records = [.. document.Comids.SelectMany(comid => comid.Triples.Reference)];
        return document.Profile switch
        {
            CcaPlatform => records.Select(CheckPlatform).FirstOrDefault(error => error is not null),
            CcaRealm => records.Select(CheckRealm).FirstOrDefault(error => error is not null),
            _ => null,
        };
    }

    private static CorimError? CheckPlatform(EnvironmentRecord record) =>
        record.Environment.ClassId is { Kind: "bytes", Text.Length: ImplementationIdDigits }
            ? null
            : new CorimError(DecodeStatus.OutOfRange, "comid/triples/reference/environment/class", "another implementation id", "32 bytes (tag 560)");

    private static CorimError? CheckRealm(EnvironmentRecord record)
    {
        const string Path = "comid/triples/reference";
        if (record.Environment.ClassId is not { Kind: "bytes" } id || !RealmMeasurementDigits.Contains(id.Text.Length))
        {
            return new CorimError(DecodeStatus.OutOfRange, Path + "/environment/class", "another realm initial measurement", "32, 48 or 64 bytes (tag 560)");
        }

        return record.Measurements.Any(measurement => measurement.Key?.Text == "cca.rim")
            ? null
            : new CorimError(DecodeStatus.Missing, Path, "no measurement cca.rim", "the realm initial measurement");
    }
}
