using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Cli.Checks;

/// <summary>Gives the claims of a result in CBOR their JSON names, so that one check serves both forms.</summary>
internal static class ResultClaimNames
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxEntries = 64;
    private const string Vector = "ear_trustworthiness_vector";
    private const string VerifierId = "ear_verifier_id";
    private const string Status = "ear_status";

    // RFC 8392 section 4, RFC 9711 section 10.2, draft-ietf-rats-ear-03.
    private static readonly Dictionary<long, string> Claims = new()
    {
        [4] = "exp",
        [6] = "iat",
        [EatClaim.Nonce] = "eat_nonce",
        [EatClaim.Profile] = "eat_profile",
        [EarLabel.Submodules] = "submods",
        [EarLabel.Status] = Status,
        [EarLabel.TrustVector] = Vector,
        [EarLabel.PolicyIds] = "ear_appraisal_policy_ids",
        [EarLabel.VerifierId] = VerifierId,
        [EarLabel.IotAttest] = "iotattest",
    };

    // draft-ietf-rats-ar4si-09 section 3.1.
    private static readonly Dictionary<long, string> VectorClaims = new()
    {
        [0] = "instance-identity",
        [1] = "configuration",
        [2] = "executables",
        [3] = "file-system",
        [4] = "hardware",
        [5] = "runtime-opaque",
        [6] = "storage-opaque",
        [7] = "sourced-data",
    };

    private static readonly Dictionary<long, string> VerifierClaims = new() { [0] = "developer", [1] = "build" };

    /// <summary>The claims, or null when the bytes are not one map that fits.</summary>
    public static JsonObject? ToJson(ReadOnlyMemory<byte> payload)
    {
        BoundedCborReader reader = new(payload, new CborLimits(MaxBytes, MaxDepth: 8, StrictDeterministic: false));
        JsonNode? read = reader.Peek() == CborKind.Map ? ReadMap(reader, Claims) : null;
        return reader.Finish() == DecodeStatus.Ok ? read as JsonObject : null;
    }

    private static JsonObject ReadMap(BoundedCborReader reader, Dictionary<long, string> names)
    {
        JsonObject map = [];
        int count = reader.ReadMapStart(MaxEntries);
        for (int entry = 0; entry < count && reader.Status == DecodeStatus.Ok; entry++)
        {
            string name = ReadName(reader, names);
            map[name] = ReadValue(reader, name);
        }

        reader.EndMap();
        return map;
    }

    private static string ReadName(BoundedCborReader reader, Dictionary<long, string> names)
    {
        if (reader.Peek() == CborKind.Text)
        {
            return reader.ReadText(MaxBytes);
        }

        long key = reader.ReadInt64();
        return names.GetValueOrDefault(key) ?? key.ToString(CultureInfo.InvariantCulture);
    }

    private static JsonNode? ReadValue(BoundedCborReader reader, string name)
    {
        switch (reader.Peek())
        {
            case CborKind.UnsignedInteger or CborKind.NegativeInteger:
                long number = reader.ReadInt64();
                return name == Status ? StatusWord(number) : JsonValue.Create(number);
            case CborKind.Text:
                return reader.ReadText(MaxBytes);
            case CborKind.Bytes:
                return Base64Url.EncodeToString(reader.ReadBytes(0, MaxBytes).Span);
            case CborKind.Bool:
                return reader.ReadBool();
            case CborKind.Array:
                return ReadArray(reader, name);
            case CborKind.Map:
                return ReadMap(reader, name switch { Vector => VectorClaims, VerifierId => VerifierClaims, _ => Claims });
            default:
                reader.Skip();
                return null;
        }
    }

    private static JsonArray ReadArray(BoundedCborReader reader, string name)
    {
        JsonArray array = [];
        int count = reader.ReadArrayStart(0, MaxEntries);
        for (int item = 0; item < count && reader.Status == DecodeStatus.Ok; item++)
        {
            array.Add(ReadValue(reader, name));
        }

        reader.EndArray();
        return array;
    }

    private static string StatusWord(long status) => status switch
    {
        EarLabel.None => "none",
        EarLabel.Affirming => "affirming",
        EarLabel.Warning => "warning",
        EarLabel.Contraindicated => "contraindicated",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
