using IotAttest.Domain.Corim;

namespace IotAttest.Service.Registry;

/// <summary>What somebody typed, pasted or scanned, and what it can be: a digest, a UUID, or words of which each must occur.</summary>
internal sealed record SearchText(string Typed, Sha256Digest? Digest, Guid? Uuid, IReadOnlyList<string> Words)
{
    public const int MaxLength = 300;

    private const int MaxWords = 8;
    private const string DigestPrefix = "sha256:";
    private const string CertificatePath = "/certificates/";

    public static SearchText Parse(string? text)
    {
        string typed = (text ?? "").Trim();
        typed = typed.Length > MaxLength ? typed[..MaxLength] : typed;
        string wanted = IdInAddress(typed) ?? typed;
        return DigestOf(wanted) is { } digest
            ? new SearchText(typed, digest, null, [])
            : Guid.TryParseExact(wanted, "D", out Guid uuid)
                ? new SearchText(typed, null, uuid, [])
                : new SearchText(typed, null, null, [.. wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxWords)]);
    }

    /// <summary>SHA-256 as <c>sha256:</c> and hex, or the 64 hex digits alone, as people copy it.</summary>
    public static Sha256Digest? DigestOf(string text)
    {
        string hex = text.StartsWith(DigestPrefix, StringComparison.OrdinalIgnoreCase) ? text[DigestPrefix.Length..] : text;
        return hex.Length == 2 * Sha256Digest.LengthBytes && hex.All(char.IsAsciiHexDigit) ? new Sha256Digest(Convert.FromHexString(hex)) : null;
    }

    /// <summary>The id in the address that a QR code holds, whoever's registry it is at.</summary>
    private static string? IdInAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !address.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            return null;
        }

        int at = address.AbsolutePath.IndexOf(CertificatePath, StringComparison.Ordinal);
        return at < 0 ? null : Uri.UnescapeDataString(address.AbsolutePath[(at + CertificatePath.Length)..].Split('/')[0]);
    }
}
