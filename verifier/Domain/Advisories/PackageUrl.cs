using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.Advisories;

/// <summary>A package URL (ECMA-427) as far as matching needs it: type, namespace and name, and the version when there is one. Qualifiers and subpath are passed over.</summary>
/// <param name="Type">Lower-case.</param>
/// <param name="Path">Namespace and name, percent-decoded, lower-case: names of most types compare so, and a match too many is seen by a person.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="Version">Percent-decoded, or null for every version.</param>
public sealed record PackageUrl(string Type, string Path, string Name, string? Version)
{
    private const string Scheme = "pkg:";

    /// <summary>Reads a package URL.</summary>
    /// <returns>False when it has no type or no name.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PackageUrl? purl)
    {
        purl = null;
        if (text is null || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string body = text[Scheme.Length..].Split('#', 2)[0].Split('?', 2)[0].Trim('/');
        int versionAt = body.LastIndexOf('@');

        // An @ before a slash belongs to a namespace that nobody encoded (npm scopes).
        bool hasVersion = versionAt > body.LastIndexOf('/');
        string? version = hasVersion ? Uri.UnescapeDataString(body[(versionAt + 1)..]) : null;
        string[] parts = (hasVersion ? body[..versionAt] : body).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return false;
        }

        string[] path = [.. parts[1..].Select(part => Uri.UnescapeDataString(part).ToLowerInvariant())];
        purl = new PackageUrl(parts[0].ToLowerInvariant(), string.Join('/', path), path[^1], string.IsNullOrEmpty(version) ? null : version);
        return true;
    }

    /// <summary>True for the same package, whatever the version.</summary>
    public bool IsSamePackage(PackageUrl other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Type == other.Type && Path == other.Path;
    }

    /// <summary>The package without its version.</summary>
    public override string ToString() => $"{Scheme}{Type}/{Path}{(Version is null ? "" : $"@{Version}")}";
}
