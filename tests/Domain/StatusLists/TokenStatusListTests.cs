using System.Buffers.Text;
using System.Formats.Cbor;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Cose;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.StatusLists;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.StatusLists;

public sealed class TokenStatusListTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // IETF Token Status List, section 4.1: the example with two bits.
    private readonly TokenStatusList _example = new(
        "https://registry.example/v1/statuslists/0", [.. new[] { 1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3 }.Select(value => (TokenStatus)value)], Now);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Section_4_1_the_example_of_two_bits_packs_to_its_bytes() => Assert.Equal("C944F9", Convert.ToHexString(_example.Pack()));

    [Fact]
    public void Section_5_1_the_jwt_names_type_subject_times_and_list()
    {
        string[] parts = _example.ToJwt(_key).Split('.');
        JsonElement header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
        JsonElement claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));

        Assert.Equal(("statuslist+jwt", "ES256"), (header.GetProperty("typ").GetString(), header.GetProperty("alg").GetString()));
        Assert.Equal(_example.Uri, claims.GetProperty("sub").GetString());
        Assert.Equal(Now.ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.InRange(claims.GetProperty("ttl").GetInt64(), 1, 300);
        Assert.Equal(2, claims.GetProperty("status_list").GetProperty("bits").GetInt32());
        Assert.Equal("C944F9", Convert.ToHexString(Inflate(Base64Url.DecodeFromChars(claims.GetProperty("status_list").GetProperty("lst").GetString()!))));
        Assert.True(_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void Section_5_2_the_cwt_has_the_requested_keys()
    {
        Assert.True(CoseMessage.TryDecode(_example.ToCwt(_key), CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status), status.ToString());
        CborReader reader = new(message.Payload);
        Dictionary<long, object> claims = [];
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            claims[reader.ReadInt64()] = reader.PeekState() switch
            {
                CborReaderState.TextString => reader.ReadTextString(),
                CborReaderState.StartMap => reader.ReadEncodedValue().ToArray(),
                _ => reader.ReadInt64(),
            };
        }

        Assert.True(message.Verify(_key));
        Assert.Equal([2, 4, 6, 65533, 65534], claims.Keys);
        Assert.Equal(_example.Uri, claims[2]);
        CborReader list = new((byte[])claims[65533]);
        list.ReadStartMap();
        Assert.Equal("lst", list.ReadTextString());
        Assert.Equal("C944F9", Convert.ToHexString(Inflate(list.ReadByteString())));
        Assert.Equal(("bits", 2), (list.ReadTextString(), list.ReadInt32()));
    }

    [Fact]
    public void A_list_without_statuses_has_one_byte() => Assert.Equal([0], new TokenStatusList("https://registry.example/v1/statuslists/0", [], Now).Pack());

    [Theory]
    [InlineData(CertificateStatus.Certified, null, TokenStatus.Valid)]
    [InlineData(CertificateStatus.Suspended, null, TokenStatus.Suspended)]
    [InlineData(CertificateStatus.Withdrawn, null, TokenStatus.Invalid)]
    [InlineData(CertificateStatus.Revoked, null, TokenStatus.Invalid)]
    [InlineData(CertificateStatus.Superseded, 0, TokenStatus.Valid)]
    [InlineData(CertificateStatus.Superseded, -1, TokenStatus.Invalid)]
    [InlineData(CertificateStatus.Superseded, null, TokenStatus.Invalid)]
    public void Certification_md_2_11_each_status_has_its_value(CertificateStatus status, int? secondsLeft, TokenStatus expected) =>
        Assert.Equal(expected, TokenStatuses.Of(status, secondsLeft is { } seconds ? Now.AddSeconds(seconds) : null, Now));

    private static byte[] Inflate(byte[] compressed)
    {
        using MemoryStream output = new();
        using ZLibStream decompressor = new(new MemoryStream(compressed), CompressionMode.Decompress);
        decompressor.CopyTo(output);
        return output.ToArray();
    }
}
