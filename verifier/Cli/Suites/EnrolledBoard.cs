using System.Buffers.Text;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Output;
using IotAttest.Conformance;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Cli.Suites;

/// <summary>A board as its enrolment record (docs/protocol.md) describes it.</summary>
/// <param name="Identity">What enrolment fixes.</param>
/// <param name="Key">The key, as it stands in the record.</param>
/// <param name="Credential">The transport credential; null when the record has none.</param>
internal sealed record EnrolledBoard(DeviceIdentity Identity, DeviceKeyMaterial Key, string? Credential)
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The one record of a file.</summary>
    public static EnrolledBoard Read(string path) => ReadAll(path) is [EnrolledBoard only]
        ? only
        : throw CliException.WrongUsage($"several records in {path}", "the record of the board under test alone", "cut its line out of the file; the others go to --other-device");

    /// <summary>All records of a file, one JSON object a line, or one object alone.</summary>
    public static EnrolledBoard[] ReadAll(string path)
    {
        string text = InputFile.ReadText(path, MaxBytes).Trim();
        try
        {
            return text.Contains("}\n{", StringComparison.Ordinal) || text.Contains("}\r\n{", StringComparison.Ordinal)
                ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Parse(JsonElement.Parse(line)))]
                : [Parse(JsonElement.Parse(text))];
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The text of the exception could quote the key.
            throw CliException.WrongUsage($"no enrolment record in {path}", "ueid, oemid, class, key, evidenceStrength and organisation, as the enrolment record has them", "pass the line that enrolled the board");
        }
    }

    private static EnrolledBoard Parse(JsonElement record)
    {
        string ueid = JsonReport.Member(record, "ueid") ?? "";
        DeviceKeyMaterial key = KeyOf(record.GetProperty("key"));
        byte[] bytes = Ueid.FromHex(ueid) ?? throw new FormatException();
        OemId oemid = OemId.Parse(record.GetProperty("oemid").ToString()) ?? throw new FormatException();
        _ = EnrolmentWords.TryParseStrength(JsonReport.Member(record, "evidenceStrength"), out EvidenceStrength strength) ? true : throw new FormatException();
        DeviceIdentity identity = new(
            ueid, KidOf(key, bytes), key.Kind, oemid, Guid.Parse(JsonReport.Member(record, "class") ?? ""), strength, FreshnessMode.Challenge, JsonReport.Member(record, "organisation") ?? "");
        return new EnrolledBoard(identity, key, JsonReport.Member(record, "credential"));
    }

    private static DeviceKeyMaterial KeyOf(JsonElement jwk) => JsonReport.Member(jwk, "kty") == "oct"
        ? DeviceKeyMaterial.OfSecret(Bytes(jwk, "k"))
        : DeviceKeyMaterial.OfPoint(Bytes(jwk, "x"), Bytes(jwk, "y"));

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());

    // A point that is none has no key id; the check of the key's form says so.
    private static ulong KidOf(DeviceKeyMaterial key, byte[] ueid)
    {
        if (key.Kind == DeviceKeyKind.Hmac)
        {
            return Kid.OfUeid(ueid).Value;
        }

        using System.Security.Cryptography.ECDsa? point = EcdsaP256.TryFromCoordinates(key.X.Span, key.Y.Span);
        return point is null ? 0 : Kid.OfKey(point).Value;
    }
}
