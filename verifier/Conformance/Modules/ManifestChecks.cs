using System.Globalization;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Checks over the file of a manifest alone.</summary>
internal static class ManifestChecks
{
    private static readonly Sha256Digest Zeros = new(new byte[Sha256Digest.LengthBytes]);
    private static readonly Sha256Digest Nothing = Sha256Digest.Of([]);

    public static Finding Form(CheckContext context) => Finding.Of(
        File(context).Manifest is not null,
        File(context).Error is { } error ? $"{error.Path}: {error.Seen} ({error.Status})" : $"build {File(context).Manifest?.Version} of {File(context).Manifest?.Issuer}",
        "COSE_Sign1 around one CoRIM (tag 501) with reference values and endorsed values of one class");

    public static Finding Profile(CheckContext context)
    {
        const string Expected = "profile 2.25.236549178581653038884501954677765236243";
        return File(context) switch
        {
            { Manifest: not null } => Finding.Pass("that profile", Expected),
            { Error.Status: DecodeStatus.UnknownProfile } => Finding.Fail("another profile, or none", Expected),
            _ => Finding.NotApplicable("the file cannot be read", Expected),
        };
    }

    public static Finding Deterministic(CheckContext context)
    {
        const string Expected = "the very bytes that the content encodes to (RFC 8949 section 4.2.1)";
        if (File(context).Signed is not { } signed)
        {
            return Finding.NotApplicable("the file cannot be read", Expected);
        }

        if (File(context).Manifest is { } manifest)
        {
            return Finding.Of(BuildManifestWriter.EncodeBody(manifest).AsSpan().SequenceEqual(signed.Body.Span), $"{signed.Body.Length} bytes that encode again to themselves", Expected);
        }

        BoundedCborReader reader = new(signed.Body, new CborLimits(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: true));
        reader.Skip();
        DecodeStatus status = reader.Finish();
        return status == DecodeStatus.Ok ? Finding.NotApplicable("the content cannot be read, so nothing can be encoded again", Expected) : Finding.Fail($"{status}", Expected);
    }

    public static Finding Signature(CheckContext context)
    {
        const string Expected = "a signature of the maker's key";
        return File(context) switch
        {
            { Key: null } => Finding.NotApplicable("the maker's key was not given", Expected),
            { Signed: null } => Finding.Fail("a file that cannot be read", Expected),
            { Signed: { } signed, Key: { } key } => Finding.Of(signed.Verify(key), signed.Verify(key) ? $"a signature of {signed.Issuer}, key id {signed.Kid}" : $"a signature that does not hold under key {Kid.OfKey(key)}; it names key {signed.Kid}", Expected),
        };
    }

    public static Finding Components(CheckContext context)
    {
        const string Expected = "clr and deployment at least, or inventory alone; no digest of zeros or of nothing";
        ComponentDigest[] components = [.. context.Manifest.Components];
        string[] names = [.. components.Select(component => component.Name)];
        bool isComplete = names is ["inventory"] || (names.Contains(RegionNames.Clr) && names.Contains(RegionNames.Deployment));
        ComponentDigest? empty = components.FirstOrDefault(component => component.Digest == Zeros || component.Digest == Nothing);
        return Finding.Of(isComplete && empty is null, empty is null ? string.Join(", ", names) : $"{empty.Name} with {empty.Digest}", Expected);
    }

    public static Finding Digests(CheckContext context)
    {
        const string Expected = "the digest of each region as the files lay it out";
        if (context.Subject.FlashedDigests.Count == 0)
        {
            return Finding.NotApplicable("the files that were flashed were not given", Expected);
        }

        Dictionary<string, string> stated = context.Manifest.Components.ToDictionary(component => component.Name, component => component.Digest.ToString());
        string[] differing = [.. stated.Keys.Union(context.Subject.FlashedDigests.Keys).Order(StringComparer.Ordinal).Where(name => stated.GetValueOrDefault(name) != context.Subject.FlashedDigests.GetValueOrDefault(name))];
        return Finding.Of(differing.Length == 0, differing.Length == 0 ? $"{stated.Count} digests that agree" : $"other digests in {string.Join(", ", differing)}", Expected);
    }

    public static Finding Class(CheckContext context)
    {
        Guid? enrolled = context.Subject.Device?.ClassId;
        return Finding.Of(
            context.Manifest.ClassId != Guid.Empty && (enrolled is null || enrolled == context.Manifest.ClassId), $"class {context.Manifest.ClassId:D}", enrolled is null ? "a class of its own, not zeros" : $"class {enrolled:D}, as enrolled");
    }

    public static Finding Validity(CheckContext context)
    {
        const string Expected = "begun, and not over";
        BuildManifest manifest = context.Manifest;
        DateTimeOffset now = context.Subject.Clock.GetUtcNow();
        string seen = manifest.NotAfter is { } end ? $"valid until {end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "no end: certificates end by themselves";
        return Finding.Of(!(now < manifest.NotBefore) && !(now > manifest.NotAfter), now < manifest.NotBefore ? "not valid yet" : seen, Expected);
    }

    public static Finding SecurityVersion(CheckContext context) =>
        Finding.Of(context.Manifest.SecurityVersion > 0, $"security version {context.Manifest.SecurityVersion}", "1 or higher: no build could be lower than 0");

    public static Finding Sbom(CheckContext context)
    {
        Sha256Digest? given = context.Subject.Sbom is { } file ? Sha256Digest.Of(file.Span) : null;
        return Finding.Of(
            context.Manifest.Sbom is { } bound && (given is null || given == bound), context.Manifest.Sbom?.ToString() ?? "no bill of materials", given is null ? "a digest of a bill of materials" : $"{given}, the file that was given");
    }

    private static ManifestFile File(CheckContext context) => context.Subject.Manifest ?? throw new InvalidOperationException("The check needs the file of a manifest.");
}
