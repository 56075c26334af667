using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Results;
using IotAttest.Protocol;

namespace IotAttest.Domain.StatusLists;

/// <summary>An IETF Token Status List of two bits a status, as JWT and as CWT. Everything of that draft is in this class: its CWT keys are requested
/// numbers (65533 to 65535) and may change when it becomes an RFC.</summary>
/// <remarks>Section 4.1: status number i stands in byte i / 4, bits 2 * (i mod 4) and up, least significant first; the bytes travel in ZLIB form.</remarks>
/// <param name="Uri">sub: where the list is; what tokens refer to.</param>
/// <param name="Statuses">The values in order; at most <see cref="Capacity"/>. What is beyond is <see cref="TokenStatus.Valid"/>.</param>
/// <param name="IssuedAt">iat.</param>
public sealed record TokenStatusList(string Uri, IReadOnlyList<TokenStatus> Statuses, DateTimeOffset IssuedAt)
{
    /// <summary>Places in one list.</summary>
    public const int Capacity = 65_536;

    /// <summary>Media type of the JWT.</summary>
    public const string JwtType = "application/statuslist+jwt";

    /// <summary>Media type of the CWT.</summary>
    public const string CwtType = "application/statuslist+cwt";

    private const int Bits = 2;
    private const int PerByte = 8 / Bits;
    private const int Subject = 2;
    private const int ExpiresAtKey = 4;
    private const int IssuedAtKey = 6;
    private const int StatusListKey = 65_533;
    private const int TimeToLiveKey = 65_534;

    /// <summary>How long a copy may be used before it is fetched again.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the list can be relied on at all.</summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromHours(1);

    /// <summary>exp.</summary>
    public DateTimeOffset ExpiresAt => IssuedAt + Validity;

    /// <summary>The packed statuses before compression; never empty.</summary>
    public byte[] Pack()
    {
        byte[] packed = new byte[Math.Max(1, (Statuses.Count + PerByte - 1) / PerByte)];
        for (int index = 0; index < Statuses.Count; index++)
        {
            packed[index / PerByte] |= (byte)((int)Statuses[index] << (Bits * (index % PerByte)));
        }

        return packed;
    }

    /// <summary>The list as JWT (section 5.1): typ statuslist+jwt, ES256.</summary>
    public string ToJwt(ECDsa key) => CompactJws.Sign(
        "statuslist+jwt",
        new JsonObject
        {
            ["sub"] = Uri,
            ["iat"] = IssuedAt.ToUnixTimeSeconds(),
            ["exp"] = ExpiresAt.ToUnixTimeSeconds(),
            ["ttl"] = (long)TimeToLive.TotalSeconds,
            ["status_list"] = new JsonObject { ["bits"] = Bits, ["lst"] = Base64Url.EncodeToString(Compress()) },
        },
        key);

    /// <summary>The list as CWT (section 5.2): COSE_Sign1, header 16 names the type.</summary>
    public byte[] ToCwt(ECDsa key) => CoseSigner.Sign1(Header(Kid.OfKey(key)), Claims(), key);

    private static byte[] Header(Kid kid) => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(3);
        writer.WriteInt32(CoseLabel.Algorithm);
        writer.WriteInt32(CoseLabel.Es256);
        writer.WriteInt32(CoseLabel.KeyId);
        writer.WriteByteString(kid.ToBytes());
        writer.WriteInt32(CoseLabel.Type);
        writer.WriteTextString(CwtType);
        writer.WriteEndMap();
    });

    private byte[] Claims() => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(5);
        writer.WriteInt32(Subject);
        writer.WriteTextString(Uri);
        writer.WriteInt32(ExpiresAtKey);
        writer.WriteInt64(ExpiresAt.ToUnixTimeSeconds());
        writer.WriteInt32(IssuedAtKey);
        writer.WriteInt64(IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(StatusListKey);
        writer.WriteStartMap(2);
        writer.WriteTextString("lst");
        writer.WriteByteString(Compress());
        writer.WriteTextString("bits");
        writer.WriteInt32(Bits);
        writer.WriteEndMap();
        writer.WriteInt32(TimeToLiveKey);
        writer.WriteInt64((long)TimeToLive.TotalSeconds);
        writer.WriteEndMap();
    });

    private byte[] Compress()
    {
        using MemoryStream output = new();
        using (ZLibStream compressor = new(output, CompressionLevel.SmallestSize))
        {
            compressor.Write(Pack());
        }

        return output.ToArray();
    }
}
