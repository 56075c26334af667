using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Agent;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Device;

/// <summary>One new board: what the verifier gets to know, and what goes into the board.</summary>
/// <param name="Record">The enrolment record (DESIGN.md section 8).</param>
/// <param name="Secrets">UEID, key id, key with its private half, transport credential.</param>
/// <param name="Line">What the board's provisioning firmware takes; secret.</param>
/// <param name="State">What the board's agent keeps in its file system from the first boot on; secret. Without a key where that is not an HMAC key.</param>
internal sealed record ProvisionedBoard(JsonObject Record, JsonObject Secrets, string Line, DeviceState State)
{
    public const string Hmac = "hmac";
    public const string Es256 = "es256";

    private const byte RandomUeid = 0x01;
    private const int CredentialBytes = 32;

    public static ProvisionedBoard Make(ProvisioningPlan plan)
    {
        byte[] ueid = [RandomUeid, .. RandomNumberGenerator.GetBytes(EvidenceProfile.UeidBytes - 1)];
        string credential = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CredentialBytes));
        if (plan.KeyType == Hmac)
        {
            byte[] secret = RandomNumberGenerator.GetBytes(HmacDeviceKey.SecretBytes);
            return Of(plan, ueid, credential, Kid.OfUeid(ueid), EnrolmentKey.OfSecret(secret), BoardLine.HmacCode, secret);
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(plan, ueid, credential, Kid.OfKey(key), EnrolmentKey.OfPrivate(key), BoardLine.Es256Code, NumberOf(key));
    }

    /// <summary>The board of a line of secrets that an earlier run wrote; null when the line is not one of this plan.</summary>
    public static ProvisionedBoard? TryRead(ProvisioningPlan plan, ReadOnlySpan<byte> secrets)
    {
        try
        {
            JsonObject line = JsonNode.Parse(secrets)!.AsObject();
            JsonObject key = line["key"]!.AsObject();
            byte[] ueid = Ueid.FromHex((string)line["ueid"]!)!;
            byte[] number = Base64Url.DecodeFromChars((string)key[plan.KeyType == Hmac ? "k" : "d"]!);
            Kid kid = new(Convert.ToUInt64((string)line["kid"]!, 16));
            ProvisionedBoard board = Of(plan, ueid, (string)line["credential"]!, kid, key.DeepClone().AsObject(), plan.KeyType == Hmac ? BoardLine.HmacCode : BoardLine.Es256Code, number);
            return LineFile.BytesOf(board.Secrets).AsSpan()[..^1].SequenceEqual(secrets) ? board : null;
        }
        catch (Exception cause) when (cause is JsonException or FormatException or OverflowException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            // A line of another program, or one that somebody changed: whatever does not fit ends here.
            return null;
        }
    }

    /// <param name="plan">What the boards of this run share.</param>
    /// <param name="ueid">17 bytes.</param>
    /// <param name="credential">The transport credential.</param>
    /// <param name="kid">The key id of its evidence.</param>
    /// <param name="jwk">The key as the board holds it, with its private half.</param>
    /// <param name="algorithm">The key's code in a board line.</param>
    /// <param name="number">The secret of the key: 32 bytes; cleared here for a P-256 key.</param>
    private static ProvisionedBoard Of(ProvisioningPlan plan, byte[] ueid, string credential, Kid kid, JsonObject jwk, byte algorithm, byte[] number)
    {
        JsonObject enrolled = jwk.DeepClone().AsObject();
        enrolled.Remove("d");
        JsonObject record = Start(plan, ueid);
        record["key"] = enrolled;
        record["credential"] = credential;
        record["evidenceStrength"] = plan.Strength;
        record["freshness"] = plan.Freshness;
        record["organisation"] = plan.Organisation;
        JsonObject secrets = Start(plan, ueid);
        secrets["kid"] = kid.ToString();
        secrets["key"] = jwk;
        secrets["credential"] = credential;
        secrets["freshness"] = plan.Freshness;
        string line = BoardLine.Of(plan, ueid, algorithm, number);
        if (algorithm == BoardLine.HmacCode)
        {
            return new ProvisionedBoard(record, secrets, line, StateOf(plan, ueid, credential, number));
        }

        CryptographicOperations.ZeroMemory(number);
        return new ProvisionedBoard(record, secrets, line, StateOf(plan, ueid, credential, secret: null));
    }

    private static byte[] NumberOf(ECDsa key) => key.ExportParameters(includePrivateParameters: true).D!;

    // The native module keeps UEID and key of its identity to itself; the agent has its credential alone (docs/adr/0014).
    private static DeviceState StateOf(ProvisioningPlan plan, byte[] ueid, string credential, byte[]? secret) => plan.IsSelfReported
        ? new DeviceState { Ueid = ueid, Key = secret, Credential = credential }
        : new DeviceState { NativeCredential = credential };

    private static JsonObject Start(ProvisioningPlan plan, byte[] ueid) => new()
    {
        ["ueid"] = Ueid.ToHex(ueid),
        ["oemid"] = plan.OemId.Number is { } number ? JsonValue.Create(number) : JsonValue.Create(plan.OemId.RandomHex),
        ["class"] = plan.Class.ToString("D"),
    };
}
