using System.Formats.Cbor;
using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using IotAttest.Simulator;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Conformance.Tests;

/// <summary>Evidence taken apart, to be put together otherwise.</summary>
internal sealed class ForgedEvidence
{
    private readonly Dictionary<long, byte[]> _claims;
    private readonly Dictionary<long, byte[]> _headers;

    private ForgedEvidence(Dictionary<long, byte[]> headers, Dictionary<long, byte[]> claims) => (_headers, _claims) = (headers, claims);

    /// <summary>True writes the claims in descending order of their keys.</summary>
    public bool IsReversed { get; set; }

    /// <summary>Changes the finished signature.</summary>
    public Action<byte[]> Signature { get; set; } = static _ => { };

    public static ForgedEvidence Of(byte[] evidence)
    {
        Assert.True(CoseMessage.TryDecode(evidence, CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status), status.ToString());
        return new ForgedEvidence(ReadMap(message.ProtectedBytes), ReadMap(message.Payload));
    }

    public void SetHeader(long label, Action<CborWriter> write) => _headers[label] = Encode(write);

    public void Set(long claim, Action<CborWriter> write) => _claims[claim] = Encode(write);

    public void Remove(long claim) => _claims.Remove(claim);

    /// <summary>Leaves one measured component out.</summary>
    public void DropComponent()
    {
        CborReader reader = new(_claims[EatClaim.Measurements]);
        int count = reader.ReadStartArray()!.Value;
        byte[][] entries = [.. Enumerable.Range(0, count).Select(_ => reader.ReadEncodedValue().ToArray())];
        Set(EatClaim.Measurements, writer =>
        {
            writer.WriteStartArray(count - 1);
            foreach (byte[] entry in entries.Skip(1))
            {
                writer.WriteEncodedValue(entry);
            }

            writer.WriteEndArray();
        });
    }

    public byte[] Sign(BoardIdentity identity)
    {
        byte[] header = WriteMap(_headers, reversed: false);
        byte[] payload = WriteMap(_claims, IsReversed);
        byte[] signature = Authenticate(identity, header, payload);
        Signature(signature);
        return Encode(writer =>
        {
            writer.WriteTag((CborTag)(identity.HmacKey is null ? CoseLabel.Sign1Tag : CoseLabel.Mac0Tag));
            writer.WriteStartArray(4);
            writer.WriteByteString(header);
            writer.WriteStartMap(0);
            writer.WriteEndMap();
            writer.WriteByteString(payload);
            writer.WriteByteString(signature);
            writer.WriteEndArray();
        });
    }

    // RFC 9052 sections 4.4 and 6.3.
    private static byte[] Authenticate(BoardIdentity identity, byte[] header, byte[] payload)
    {
        byte[] structure = Encode(writer =>
        {
            writer.WriteStartArray(4);
            writer.WriteTextString(identity.HmacKey is null ? "Signature1" : "MAC0");
            writer.WriteByteString(header);
            writer.WriteByteString([]);
            writer.WriteByteString(payload);
            writer.WriteEndArray();
        });
        if (identity.HmacKey is not null)
        {
            return HMACSHA256.HashData(identity.HmacKey, structure);
        }

        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(identity.PrivateKeyPem);
        return key.SignData(structure, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static Dictionary<long, byte[]> ReadMap(ReadOnlyMemory<byte> map)
    {
        Dictionary<long, byte[]> entries = [];
        CborReader reader = new(map);
        int count = reader.ReadStartMap()!.Value;
        for (int i = 0; i < count; i++)
        {
            entries.Add(reader.ReadInt64(), reader.ReadEncodedValue().ToArray());
        }

        return entries;
    }

    private static byte[] WriteMap(Dictionary<long, byte[]> entries, bool reversed) => Encode(writer =>
    {
        (byte[] Key, byte[] Value)[] sorted = [.. entries.Select(entry => (Encode(key => key.WriteInt64(entry.Key)), entry.Value)).OrderBy(entry => Convert.ToHexString(entry.Item1), StringComparer.Ordinal)];
        writer.WriteStartMap(sorted.Length);
        foreach ((byte[] key, byte[] value) in reversed ? sorted.Reverse() : sorted)
        {
            writer.WriteEncodedValue(key);
            writer.WriteEncodedValue(value);
        }

        writer.WriteEndMap();
    });

    private static byte[] Encode(Action<CborWriter> write)
    {
        CborWriter writer = new(CborConformanceMode.Lax);
        write(writer);
        return writer.Encode();
    }
}
