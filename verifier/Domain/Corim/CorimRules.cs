using System.Globalization;
using System.Text;
using IotAttest.Domain.Certificates;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>What both documents of the profile must satisfy beyond their shape; the writers throw on it, the readers refuse.</summary>
internal static class CorimRules
{
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    internal static CorimError? Check(BuildManifest manifest) =>
        CheckText("entities/name", manifest.Issuer)
        ?? CheckText("triples/endorsed/version", manifest.Version)
        ?? (manifest.ProductName is null ? null : CheckText("triples/endorsed/name", manifest.ProductName))
        ?? CheckComponents("triples/reference", manifest.Components)
        ?? CheckAssemblies(manifest.Assemblies)
        ?? CheckValidity(manifest.NotBefore, manifest.NotAfter);

    internal static CorimError? Check(CertificateEndorsement endorsement) =>
        CheckText("entities/name", endorsement.Issuer)
        ?? CheckText("triples/conditional-endorsement/scheme", endorsement.Scheme)
        ?? CheckText("triples/conditional-endorsement/level", endorsement.Level)
        ?? CheckText("triples/conditional-endorsement/certificate-id", endorsement.CertificateId)
        ?? CheckComponents("triples/conditional-endorsement/condition", endorsement.Components)
        ?? CheckValidity(endorsement.ValidFrom, endorsement.ValidUntil)
        ?? CheckExtensions(endorsement);

    internal static CorimError? CheckText(string path, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length is 0 or > CorimProfile.MaxTextBytes)
        {
            return new CorimError(DecodeStatus.OutOfRange, path, $"{length} bytes", $"1 to {CorimProfile.MaxTextBytes} bytes of UTF-8");
        }

        // These texts end up on pages and in terminals; the file may come from anybody.
        return text.EnumerateRunes().Any(IsHidden)
            ? new CorimError(DecodeStatus.InvalidText, path, "a control or format character", "printable text")
            : null;
    }

    private static CorimError? CheckExtensions(CertificateEndorsement endorsement)
    {
        const string Path = "triples/conditional-endorsement/";
        if (!endorsement.PatchPolicy.IsValid)
        {
            return new CorimError(DecodeStatus.OutOfRange, Path + "patch-policy", $"{endorsement.PatchPolicy.Days} days", $"1 to {PatchPolicy.MaxDays} days for an assessed process, none otherwise");
        }

        return (endorsement.Supersedes is { } superseded ? CheckText(Path + "supersedes", superseded.CertificateId) : null)
            ?? (endorsement.SchemeVersion is { } version ? CheckText(Path + "scheme-version", version) : null)
            ?? CheckCategories(Path + "categories", endorsement.Categories);
    }

    private static CorimError? CheckCategories(string path, IReadOnlyList<string> categories)
    {
        if (categories.Count > CorimProfile.MaxCategories)
        {
            return new CorimError(DecodeStatus.OutOfRange, path, $"{categories.Count} categories", $"at most {CorimProfile.MaxCategories}");
        }

        if (categories.Any(category => category.Length is 0 or > 64 || !category.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')))
        {
            return new CorimError(DecodeStatus.NotAllowed, path, "a category that is no word", "1 to 64 of a-z, 0-9 and hyphen");
        }

        return categories.Zip(categories.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0)
            ? new CorimError(DecodeStatus.NotDeterministic, path, "categories out of order, or one twice", "ordinal order")
            : null;
    }

    private static CorimError? CheckComponents(string path, IReadOnlyList<ComponentDigest> components)
    {
        if (components.Count is 0 or > EvidenceProfile.MaxComponents)
        {
            return new CorimError(DecodeStatus.OutOfRange, path, $"{components.Count} components", $"1 to {EvidenceProfile.MaxComponents}");
        }

        if (components.FirstOrDefault(component => !EvidenceProfile.IsComponentName(component.Name)) is { } unknown)
        {
            return new CorimError(DecodeStatus.NotAllowed, path, $"component \"{Shorten(unknown.Name)}\"", "a component name of the evidence profile");
        }

        return CheckUnique(path, components.Select(component => component.Name));
    }

    private static CorimError? CheckAssemblies(IReadOnlyList<AssemblyEntry> assemblies)
    {
        const string Path = "triples/endorsed/pe";
        if (assemblies.Count > CorimProfile.MaxAssemblies)
        {
            return new CorimError(DecodeStatus.OutOfRange, Path, $"{assemblies.Count} assemblies", $"at most {CorimProfile.MaxAssemblies}");
        }

        return assemblies.Select(CheckAssembly).FirstOrDefault(error => error is not null) ?? CheckUnique(Path, assemblies.Select(assembly => assembly.Name));
    }

    private static CorimError? CheckAssembly(AssemblyEntry assembly) =>
        CheckText("triples/endorsed/pe/mkey", assembly.Name.Length == 0 ? "" : CorimProfile.AssemblyKeyPrefix + assembly.Name)
        ?? CheckText("triples/endorsed/pe/version", assembly.Version);

    private static CorimError? CheckUnique(string path, IEnumerable<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name)) is { } twice
            ? new CorimError(DecodeStatus.Duplicate, path, $"\"{Shorten(twice)}\" twice", "each name once")
            : null;
    }

    private static CorimError? CheckValidity(DateTimeOffset? notBefore, DateTimeOffset? notAfter)
    {
        const string Path = "rim-validity";
        if (notBefore is not null && notAfter is null)
        {
            return new CorimError(DecodeStatus.Missing, Path, "not-before alone", $"not-after too ({CorimProfile.Draft})");
        }

        if (!IsWholeSecond(notBefore) || !IsWholeSecond(notAfter))
        {
            return new CorimError(DecodeStatus.OutOfRange, Path, "a time that is no whole second from 1970 on", "whole seconds");
        }

        return notBefore > notAfter ? new CorimError(DecodeStatus.OutOfRange, Path, "not-before after not-after", "a span of time") : null;
    }

    // Format characters include the bidirectional overrides, which make a name read as another one.
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsWholeSecond(DateTimeOffset? time) =>
        time is null || (time.Value.Ticks % TimeSpan.TicksPerSecond == 0 && time.Value.ToUnixTimeSeconds() is >= 0 and var seconds && seconds <= MaxSeconds);

    private static string Shorten(string name) => string.Concat(name.EnumerateRunes().Where(rune => !IsHidden(rune)).Take(32));
}
