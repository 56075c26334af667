
namespace IotAttest.Domain.Advisories;

/// <summary>Reads the texts by which products are recognised.</summary>
internal static class ProductIdentifiers
{
    private const string Uuid = "urn:uuid:";

    internal static Guid? UuidOf(string text)
    {
        string body = text.StartsWith(Uuid, StringComparison.OrdinalIgnoreCase) ? text[Uuid.Length..] : text;
        return Guid.TryParseExact(body, "D", out Guid id) ? id : null;
    }

    /// <summary>A SHA-256 in hex, lower-case; null for anything else.</summary>
    internal static string? Sha256Of(string algorithm, string value)
    {
        string name = algorithm.Replace("-", "", StringComparison.Ordinal);
        return name.Equals("sha256", StringComparison.OrdinalIgnoreCase) && value.Length == 64 && value.All(char.IsAsciiHexDigit) ? value.ToLowerInvariant() : null;
    }

    /// <summary>The product with what one identifier says added.</summary>
    internal static AdvisoryProduct With(this AdvisoryProduct product, string identifier)
    {
        if (UuidOf(identifier) is { } id)
        {
            return product with { Uuids = product.Uuids.Add(id) };
        }

        if (PackageUrl.TryParse(identifier, out PackageUrl? purl))
        {
            return product with { Purl = product.Purl ?? purl };
        }

        return CpeName.TryParse(identifier, out CpeName? cpe) ? product with { Cpe = product.Cpe ?? cpe } : product;
    }

    internal static AdvisoryProduct WithDigests(this AdvisoryProduct product, IEnumerable<string?> digests) =>
        product with { Sha256 = [.. product.Sha256.Concat(digests.OfType<string>()).Distinct()] };
}
