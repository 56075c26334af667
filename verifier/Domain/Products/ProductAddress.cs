namespace IotAttest.Domain.Products;

/// <summary>Which addresses a product may point people to: shown to everybody, so nothing that runs, tracks a login or travels in clear.</summary>
public static class ProductAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>True for an absolute <c>https:</c> URL (RFC 9110 section 4.2.2) with a host, without user name, of at most
    /// <see cref="MaxLength"/> printable ASCII characters; other characters are percent-encoded by whoever writes them.</summary>
    public static bool IsPage(string text) =>
        IsPlain(text)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.Scheme == Uri.UriSchemeHttps
        && text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && url.Host.Length > 0
        && url.UserInfo.Length == 0;

    /// <summary>True for a page, or <c>mailto:</c> with one address and nothing else: what RFC 9116 section 2.5.3 recommends as a contact.</summary>
    public static bool IsContact(string text) => IsPage(text) || (text.StartsWith("mailto:", StringComparison.Ordinal) && IsMailbox(text["mailto:".Length..]));

    private static bool IsMailbox(string text)
    {
        string[] parts = text.Split('@');
        return IsPlain(text) && parts is [{ Length: > 0 and <= 64 }, { Length: > 0 and <= 255 }]
            && parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '+' or '-')
            && Uri.CheckHostName(parts[1]) == UriHostNameType.Dns;
    }

    private static bool IsPlain(string text) => text.Length is > 0 and <= MaxLength && text.All(letter => letter is > ' ' and <= '~' and not ('"' or '<' or '>' or '\\' or '`'));
}
