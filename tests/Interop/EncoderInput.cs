using System.Text;
using System.Text.Json;
using IotAttest.Protocol;

namespace IotAttest.Interop.Tests;

/// <summary>The same claims for both encoders: as an object for C#, as a line for the native program.</summary>
internal sealed record EncoderInput(EvidenceClaims Claims, int Algorithm, byte[] Secret, byte[] KeyId)
{
    private const string LeftOut = "-";

    private static readonly string[] Names =
    [
        EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr,
        EvidenceProfile.Deployment, EvidenceProfile.Config, EvidenceProfile.Inventory,
    ];

    public static EncoderInput Draw(Random random, int algorithm, byte[] secret, byte[] keyId)
    {
        EvidenceClaims claims = new()
        {
            Nonce = Bytes(random, 32),
            Ueid = [1, .. Bytes(random, 16)],
            OemId = random.NextInt64(1L << 32) >> random.Next(32),
            OemIdBytes = random.Next(4) == 0 ? Bytes(random, 16) : null,
            HardwareModel = Bytes(random, 16),
            HardwareVersion = Text(random),
            UptimeSeconds = Number(random),
            OemBoot = random.Next(-1, 2),
            DebugStatus = random.Next(-1, 5),
            BootCount = Number(random),
            BootSeed = Bytes(random, 16),
            SoftwareName = Text(random),
        };
        claims.SoftwareVersion = claims.SoftwareName is null ? null : Text(random);
        string[] names = [.. Names];
        random.Shuffle(names);
        foreach (string name in names[..random.Next(1, names.Length + 1)])
        {
            Assert.True(claims.AddComponent(name, Bytes(random, 32)));
        }

        return new EncoderInput(claims, algorithm, secret, keyId);
    }

    /// <summary>An entry of tests/vectors/evidence/inputs.json with its key of manifest.json.</summary>
    public static EncoderInput Of(JsonElement input, JsonElement key)
    {
        bool isNumber = input.GetProperty("oemid").ValueKind == JsonValueKind.Number;
        EvidenceClaims claims = new()
        {
            Nonce = Hex(input, "nonce"),
            Ueid = Hex(input, "ueid"),
            OemId = isNumber ? input.GetProperty("oemid").GetInt64() : 0,
            OemIdBytes = isNumber ? null : Hex(input, "oemid"),
            HardwareModel = Hex(input, "hwmodel"),
            HardwareVersion = Optional(input, "hwversion")?.GetString(),
            UptimeSeconds = input.GetProperty("uptime").GetInt64(),
            OemBoot = Optional(input, "oemboot") is { } oemBoot ? Convert.ToInt32(oemBoot.GetBoolean()) : EvidenceClaims.Unknown,
            DebugStatus = Optional(input, "dbgstat")?.GetInt32() ?? EvidenceClaims.Unknown,
            BootCount = input.GetProperty("bootcount").GetInt64(),
            BootSeed = Hex(input, "bootseed"),
            SoftwareName = Optional(input, "swname")?.GetString(),
            SoftwareVersion = Optional(input, "swversion")?.GetString(),
        };
        foreach (JsonElement component in input.GetProperty("components").EnumerateArray())
        {
            Assert.True(claims.AddComponent(component.GetProperty("name").GetString()!, Hex(component, "sha256")));
        }

        int algorithm = input.GetProperty("algorithm").GetInt32();
        return new EncoderInput(claims, algorithm, Hex(key, algorithm == CoseLabel.Hmac256 ? "k" : "d"), Hex(key, "kid"));
    }

    public string ToLine()
    {
        IEnumerable<object> words =
        [
            Algorithm, Convert.ToHexString(Secret), Convert.ToHexString(KeyId), Convert.ToHexString(Claims.Nonce), Convert.ToHexString(Claims.Ueid),
            Claims.OemIdBytes is null ? Claims.OemId : "=" + Convert.ToHexString(Claims.OemIdBytes), Convert.ToHexString(Claims.HardwareModel),
            Claims.UptimeSeconds, Claims.BootCount, Convert.ToHexString(Claims.BootSeed), Fact(Claims.OemBoot), Fact(Claims.DebugStatus),
            Word(Claims.HardwareVersion), Word(Claims.SoftwareName), Word(Claims.SoftwareVersion),
            .. Enumerable.Range(0, Claims.ComponentCount).Select(i => $"{Claims.ComponentName(i)}:{Convert.ToHexString(Claims.ComponentDigest(i))}"),
        ];
        return string.Join(' ', words);
    }

    private static object Fact(int value) => value == EvidenceClaims.Unknown ? LeftOut : value;

    private static string Word(string? text) => text is null ? LeftOut : Convert.ToHexString(Encoding.Latin1.GetBytes(text));

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    // Every length of a CBOR head comes up.
    private static long Number(Random random) => random.NextInt64(long.MaxValue) >> random.Next(63);

    private static string? Text(Random random) =>
        random.Next(2) == 0 ? null : new string([.. Enumerable.Range(0, random.Next(1, 65)).Select(_ => (char)random.Next(' ', '~' + 1))]);

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    private static JsonElement? Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value : null;
}
