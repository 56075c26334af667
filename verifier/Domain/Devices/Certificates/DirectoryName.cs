using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Distinguished names, compared as RFC 5280 section 7.1 says: case and spaces do not count, order does.</summary>
internal static class DirectoryName
{
    /// <summary>The relative names, most significant first; null when one is multi-valued, or no text.</summary>
    public static IReadOnlyList<(string Type, string Value)>? TryRead(X500DistinguishedName name)
    {
        List<(string, string)> parts = [];
        try
        {
            foreach (X500RelativeDistinguishedName part in name.EnumerateRelativeDistinguishedNames(reversed: false))
            {
                if (part.HasMultipleElements || part.GetSingleElementValue() is not { } value)
                {
                    return null;
                }

                parts.Add((part.GetSingleElementType().Value!, Prepare(value)));
            }
        }
        catch (CryptographicException)
        {
            return null;
        }

        return parts;
    }

    /// <summary>True when a name lies within a subtree: the base is a prefix of it (RFC 5280 section 4.2.1.10).</summary>
    public static bool IsWithin(IReadOnlyList<(string Type, string Value)> name, IReadOnlyList<(string Type, string Value)> subtree) =>
        name.Count >= subtree.Count && name.Take(subtree.Count).SequenceEqual(subtree);

    /// <summary>The values of one attribute as the certificate has them.</summary>
    public static string[] Values(X500DistinguishedName name, string type) =>
        [.. name.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == type).Select(part => part.GetSingleElementValue()!)];

    /// <summary>Case and repeated spaces taken out.</summary>
    public static string Prepare(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
