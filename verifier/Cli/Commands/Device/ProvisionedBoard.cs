using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Device;

/// <summary>One new board: what the verifier gets to know, and what goes into the board.</summary>
/// <param name="Record">The enrolment record (DESIGN.md section 8).</param>
/// <param name="Secrets">UEID, key id, key with its private half, transport credential.</param>
/// <param name="Line">What the board's provisioning firmware takes; secret.</param>
internal sealed record ProvisionedBoard(JsonObject Record, JsonObject Secrets, string Line)
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
            return Make(plan, ueid, credential, Kid.OfUeid(ueid), EnrolmentKey.OfSecret(secret), EnrolmentKey.OfSecret(secret), BoardLine.Of(plan, ueid, BoardLine.HmacCode, secret));
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Make(plan, ueid, credential, Kid.OfKey(key), EnrolmentKey.OfPublic(key), EnrolmentKey.OfPrivate(key), LineOf(plan, ueid, key));
    }

    private static ProvisionedBoard Make(ProvisioningPlan plan, byte[] ueid, string credential, Kid kid, JsonObject enrolled, JsonObject inBoard, string line)
    {
        JsonObject record = Start(plan, ueid);
        record["key"] = enrolled;
        record["credential"] = credential;
        record["evidenceStrength"] = plan.Strength;
        record["freshness"] = plan.Freshness;
        record["organisation"] = plan.Organisation;
        JsonObject secrets = Start(plan, ueid);
        secrets["kid"] = kid.ToString();
        secrets["key"] = inBoard;
        secrets["credential"] = credential;
        secrets["freshness"] = plan.Freshness;
        return new ProvisionedBoard(record, secrets, line);
    }

    private static string LineOf(ProvisioningPlan plan, byte[] ueid, ECDsa key)
    {
        byte[] number = key.ExportParameters(includePrivateParameters: true).D!;
        string line = BoardLine.Of(plan, ueid, BoardLine.Es256Code, number);
        CryptographicOperations.ZeroMemory(number);
        return line;
    }

    private static JsonObject Start(ProvisioningPlan plan, byte[] ueid) => new()
    {
        ["ueid"] = Ueid.ToHex(ueid),
        ["oemid"] = plan.OemId.Number is { } number ? JsonValue.Create(number) : JsonValue.Create(plan.OemId.RandomHex),
        ["class"] = plan.Class.ToString("D"),
    };
}
