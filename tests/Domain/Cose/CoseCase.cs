using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Cose;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Cose;

/// <summary>One case of the cose-wg examples.</summary>
internal sealed class CoseCase(string name, JsonElement root)
{
    internal string Name => name;

    internal bool IsSign1 => Input.TryGetProperty("sign0", out _);

    internal bool IsMac0 => Input.TryGetProperty("mac0", out _);

    internal bool MustFail => IsTrue(root, "fail") || IsTrue(Input, "fail");

    internal byte[] Message => Convert.FromHexString(root.GetProperty("output").GetProperty("cbor").GetString()!);

    internal byte[] ExternalAad => Convert.FromHexString(Protection.TryGetProperty("external", out JsonElement hex) ? hex.GetString()! : "");

    private JsonElement Input => root.GetProperty("input");

    private JsonElement Protection => Input.GetProperty(IsSign1 ? "sign0" : "mac0");

    internal static CoseCase[] LoadAll() =>
        [.. Directory.GetFiles(SharedData.PathOf("vectors/cose-wg-examples"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Load)];

    internal static CoseCase Load(string path) =>
        new($"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileNameWithoutExtension(path)}", JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    /// <summary>Verifies with the key of the case; false when it has no key of a kind that the verifier takes.</summary>
    internal bool Verify(CoseMessage message)
    {
        if (IsMac0)
        {
            return message.VerifyMac(HmacKey(), ExternalAad);
        }

        using ECDsa? key = PublicKey();
        return key is not null && message.Verify(key, ExternalAad);
    }

    internal byte[] HmacKey()
    {
        JsonElement key = Protection.GetProperty("recipients")[0].GetProperty("key");
        return key.TryGetProperty("k", out JsonElement text)
            ? Base64Url.DecodeFromChars(text.GetString())
            : Convert.FromHexString(key.GetProperty("k_hex").GetString()!);
    }

    /// <summary>The public key, or null when it is not an elliptic curve key.</summary>
    internal ECDsa? PublicKey()
    {
        JsonElement key = Protection.GetProperty("key");
        if (key.GetProperty("kty").GetString() != "EC")
        {
            return null;
        }

        ECCurve curve = key.GetProperty("crv").GetString() switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        };
        return ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") } });
    }

    private static byte[] Coordinate(JsonElement key, string name) =>
        key.TryGetProperty(name, out JsonElement text)
            ? Base64Url.DecodeFromChars(text.GetString())
            : Convert.FromHexString(key.GetProperty(name + "_hex").GetString()!);

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
