using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Keys;

/// <summary>What signatures and MACs are checked with: public PEM, a JWK or JWK set, or an HMAC key as 64 hex digits.</summary>
internal sealed class CheckKeys : IDisposable
{
    private const int MaxBytes = 1024 * 1024;

    private CheckKeys(IReadOnlyList<ECDsa> publicKeys, byte[]? hmacKey)
    {
        PublicKeys = publicKeys;
        HmacKey = hmacKey;
    }

    /// <summary>Keys on P-256.</summary>
    public IReadOnlyList<ECDsa> PublicKeys { get; }

    /// <summary>32 bytes, or null.</summary>
    public byte[]? HmacKey { get; }

    public static CheckKeys Read(string path)
    {
        string text = InputFile.ReadText(path, MaxBytes).Trim();
        CheckKeys? keys = text switch
        {
            _ when text.StartsWith('{') => OfJson(text),
            _ when text.Length == 2 * HmacDeviceKey.SecretBytes && text.All(char.IsAsciiHexDigit) => new CheckKeys([], Convert.FromHexString(text)),
            _ => KeyFiles.TryParsePublic(text) is { } key ? new CheckKeys([key], null) : null,
        };
        return keys ?? throw CliException.WrongUsage(
            $"no key in {path}", "a P-256 public key (PEM, JWK or JWK set) or an HMAC key (64 hex digits, or a JWK of kty oct)", "pass the right file");
    }

    /// <summary>The key with that id; else the only one, so that the failure can name both ids.</summary>
    public ECDsa? Find(Kid kid) => PublicKeys.FirstOrDefault(key => Kid.OfKey(key) == kid) ?? (PublicKeys.Count == 1 ? PublicKeys[0] : null);

    public void Dispose()
    {
        foreach (ECDsa key in PublicKeys)
        {
            key.Dispose();
        }

        CryptographicOperations.ZeroMemory(HmacKey);
    }

    private static CheckKeys? OfJson(string text)
    {
        try
        {
            JsonElement json = JsonElement.Parse(text);
            JsonElement[] jwks = json.TryGetProperty("keys", out JsonElement set) && set.ValueKind == JsonValueKind.Array ? [.. set.EnumerateArray()] : [json];
            ECDsa[] keys = [.. jwks.Select(PublicKeyOf).OfType<ECDsa>()];
            byte[]? secret = jwks.Select(SecretOf).FirstOrDefault(found => found is not null);
            return keys.Length > 0 || secret is not null ? new CheckKeys(keys, secret) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ECDsa? PublicKeyOf(JsonElement jwk) =>
        Text(jwk, "kty") == "EC" && Text(jwk, "crv") == "P-256" ? EcdsaP256.TryFromCoordinates(Bytes(jwk, "x"), Bytes(jwk, "y")) : null;

    private static byte[]? SecretOf(JsonElement jwk) =>
        Text(jwk, "kty") == "oct" && Bytes(jwk, "k") is { Length: HmacDeviceKey.SecretBytes } secret ? secret : null;

    private static string? Text(JsonElement jwk, string name) =>
        jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonElement jwk, string name) =>
        Text(jwk, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
}
