using System.Text.Json;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>One board to enrol (DESIGN.md section 8, enrolment record), every field checked.</summary>
/// <param name="Identity">What enrolment fixes.</param>
/// <param name="UeidBytes">The 17 bytes of the UEID.</param>
/// <param name="Key">The attestation key.</param>
/// <param name="Credential">The transport credential, or null to have one made.</param>
/// <param name="Owner">The organisation that runs the board, or null when not said.</param>
internal sealed record EnrolmentRecord(DeviceIdentity Identity, byte[] UeidBytes, EnrolledKey Key, string? Credential, string? Owner)
{
    /// <summary>The longest record: one JSON object, or one line of JSON Lines.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxWordLength = 64;

    private static readonly string[] Members = ["ueid", "oemid", "class", "key", "credential", "evidenceStrength", "freshness", "organisation", "owner"];

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static EnrolmentRecord Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, Members);
        string ueid = fields.Text("ueid", MaxWordLength);
        byte[] bytes = Ueid.FromHex(ueid) ?? throw fields.Wrong("ueid", $"\"{ueid}\"", "34 lower-case hex digits that start with 01");
        EnrolledKey key = EnrolledKey.Parse(fields, bytes);
        DeviceIdentity identity = new(
            ueid, key.Kid.Value, key.Kind, OemIdOf(fields), ClassOf(fields), StrengthOf(fields), FreshnessOf(fields), fields.Text("organisation", MaxWordLength));
        return new EnrolmentRecord(identity, bytes, key, DeviceCredential.Parse(fields), fields.OptionalText("owner", MaxWordLength));
    }

    private static OemId OemIdOf(RequestFields fields) => fields.Element("oemid") switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetUInt32(out uint enterprise) => OemId.OfNumber(enterprise),
        { ValueKind: JsonValueKind.String } when fields.Text("oemid", MaxWordLength) is { Length: 32 } text && OemId.Parse(text) is { } random => random,
        { } other => throw fields.Wrong("oemid", other.ValueKind == JsonValueKind.Number ? "a number out of range" : $"{other.ValueKind}", "a private enterprise number (0 to 4294967295) or 32 lower-case hex digits"),
        null => throw fields.Wrong("oemid", "missing", "a private enterprise number or 32 lower-case hex digits"),
    };

    private static Guid ClassOf(RequestFields fields) =>
        Guid.TryParseExact(fields.Text("class", MaxWordLength), "D", out Guid id) && id != Guid.Empty ? id : throw fields.Wrong("class", "no UUID", "the UUID of the product class, 8-4-4-4-12 hex digits");

    private static EvidenceStrength StrengthOf(RequestFields fields) =>
        EnrolmentWords.TryParseStrength(fields.Text("evidenceStrength", MaxWordLength), out EvidenceStrength strength) ? strength : throw fields.Wrong("evidenceStrength", "another word", "self-reported, native or hardware-rooted");

    private static FreshnessMode FreshnessOf(RequestFields fields) =>
        EnrolmentWords.TryParseFreshness(fields.OptionalText("freshness", MaxWordLength) ?? FreshnessMode.Challenge.Word(), out FreshnessMode mode) ? mode : throw fields.Wrong("freshness", "another word", "challenge or epoch");
}
