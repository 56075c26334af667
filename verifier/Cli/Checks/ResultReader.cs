using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Cli.Checks;

/// <summary>Reads attestation results in both of their forms.</summary>
internal static class ResultReader
{
    private const string Advice = "pass a result as the verifier signs it: eat+jwt over HTTP, CWT over MQTT";
    private const int MaxJsonDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false };

    public static SignedResult Read(byte[] file)
    {
        // A compact JWS starts with the base64url form of an opening brace; a COSE_Sign1 with tag 18.
        bool isText = file.Length > 0 && file.All(character => character is > 0x1F and < 0x7F or (byte)'\n' or (byte)'\r');
        return isText ? ReadJwt(Encoding.ASCII.GetString(file).Trim()) : ReadCwt(file);
    }

    // RFC 7515 section 7.1: three parts in base64url; the signature is over the first two as they stand.
    private static SignedResult ReadJwt(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 3)
        {
            throw Refused("jwt", $"{parts.Length} parts", "three parts joined by dots");
        }

        JsonObject header = ReadPart("jwt/header", parts[0]);
        if (header["alg"] is not JsonValue algorithm || !algorithm.TryGetValue(out string? name) || name != "ES256")
        {
            throw Refused("jwt/header/alg", header["alg"]?.ToJsonString() ?? "no alg", "\"ES256\"");
        }

        byte[] signature = Decode("jwt/signature", parts[2]);
        byte[] signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        string? kid = header["kid"] is JsonValue value && value.TryGetValue(out string? id) ? id : null;
        return new SignedResult("JWT", kid, ReadPart("jwt/payload", parts[1]), key =>
            EcdsaP256.IsOnCurve(key) && signature.Length == EcdsaP256.SignatureBytes
            && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private static SignedResult ReadCwt(byte[] file)
    {
        if (!CoseMessage.TryDecode(file, CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status))
        {
            throw Refused("cwt", $"{file.Length} bytes that are no COSE message ({status})", "COSE_Sign1 (tag 18), or a JWT");
        }

        if (message.IsMac || message.IsDetached || message.Headers.Algorithm is not (CoseAlgorithm.Es256 or CoseAlgorithm.Esp256))
        {
            throw Refused("cwt/header", message.IsMac ? "COSE_Mac0" : $"algorithm {(int)message.Headers.Algorithm}", "COSE_Sign1 with ES256 and its payload");
        }

        JsonObject claims = ResultClaimNames.ToJson(message.Payload) ?? throw Refused("cwt/payload", "no map of claims", "the claims of an EAR");
        string? kid = Kid.TryRead(message.Headers.Kid.Span, out Kid id) ? id.ToString() : null;
        return new SignedResult("CWT", kid, claims, key => message.Verify(key));
    }

    private static JsonObject ReadPart(string path, string part)
    {
        try
        {
            return JsonNode.Parse(Decode(path, part), documentOptions: Strict) as JsonObject ?? throw Refused(path, "JSON that is no object", "a JSON object");
        }
        catch (JsonException)
        {
            throw Refused(path, "no JSON", "a JSON object");
        }
    }

    private static byte[] Decode(string path, string part) =>
        Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : throw Refused(path, "characters that are no base64url", "base64url without padding");

    private static CliException Refused(string path, string seen, string expected) => CliException.DoesNotHold(seen, expected, Advice, path);
}
