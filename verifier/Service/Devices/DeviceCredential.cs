using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>The password of a board on its transport: 32 random bytes, written as 43 characters of base64url. Not the attestation key.</summary>
internal static class DeviceCredential
{
    public const int TextLength = 43;

    private const int Bytes = 32;
    private const int MaxTextLength = 64;

    public static string New() => DataDirectory.NewToken();

    /// <summary>The member <c>credential</c> of a request; null when it was left out and one has to be made.</summary>
    /// <exception cref="ProblemException">It is no credential.</exception>
    public static string? Parse(RequestFields fields) => fields.OptionalText("credential", MaxTextLength) switch
    {
        null => null,
        string text when IsWellFormed(text) => text,
        string text => throw fields.Wrong("credential", $"{text.Length} characters that are not {Bytes} bytes", "32 random bytes in base64url without padding, or no such member to have one made"),
    };

    /// <summary>SHA-256 over the text as the board sends it: the text has 256 random bits, so a plain hash is enough.</summary>
    public static byte[] HashOf(string credential) => SHA256.HashData(Encoding.UTF8.GetBytes(credential));

    /// <summary>True for the one text that encodes some 32 bytes; the last character carries two bits that must be zero.</summary>
    public static bool IsWellFormed(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text.Length == TextLength
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out int written)
            && written == Bytes
            && Base64Url.EncodeToString(bytes) == text;
    }
}
