using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Evidence;

/// <summary>Decodes the measurements claim: entries of <c>[295, bstr .cbor measured-component]</c> (RFC 10013).</summary>
internal static class MeasuredComponentDecoder
{
    private const int MaxComponentBytes = 256;
    private const int MaxNameBytes = 16;
    private const int MaxKeys = 5;

    private static readonly string[] Names =
    [
        EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment, EvidenceProfile.Config, EvidenceProfile.Inventory,
    ];

    private static readonly CborLimits Limits = new(MaxComponentBytes, MaxDepth: 3, StrictDeterministic: true);
    private static readonly ThreadLocal<BoundedCborReader> Readers = new(static () => new BoundedCborReader(default, Limits));

    /// <summary>Reads 1 to 16 components of unique names; failures go to the reader.</summary>
    internal static MeasuredSet? ReadMeasurements(BoundedCborReader reader)
    {
        int count = reader.ReadArrayStart(1, EvidenceProfile.MaxComponents);
        List<MeasuredComponent> components = new(count);
        BoundedCborReader inner = Readers.Value!;
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            MeasuredComponent component = ReadEntry(reader, inner);
            if (components.Exists(earlier => earlier.Name == component.Name))
            {
                reader.Fail(DecodeStatus.Duplicate);
            }

            components.Add(component);
        }

        reader.EndArray();
        return reader.Status == DecodeStatus.Ok ? new MeasuredSet(components) : null;
    }

    private static MeasuredComponent ReadEntry(BoundedCborReader reader, BoundedCborReader inner)
    {
        reader.ReadArrayStart(2, 2);
        reader.ReadInt64(MeasuredComponentLabel.ContentFormat, MeasuredComponentLabel.ContentFormat);
        ReadOnlyMemory<byte> encoded = reader.ReadBytes(1, MaxComponentBytes);
        reader.EndArray();
        if (reader.Status != DecodeStatus.Ok)
        {
            return new MeasuredComponent("", default);
        }

        inner.Reset(encoded);
        MeasuredComponent component = ReadComponent(inner);
        if (inner.Finish() != DecodeStatus.Ok)
        {
            reader.Fail(inner.Status);
        }

        return component;
    }

    private static MeasuredComponent ReadComponent(BoundedCborReader reader)
    {
        string? name = null;
        ReadOnlyMemory<byte> digest = default;
        int count = reader.ReadMapStart(MaxKeys);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            switch (reader.ReadInt64())
            {
                case MeasuredComponentLabel.Id: name = ReadName(reader); break;
                case MeasuredComponentLabel.Digest: digest = ReadDigest(reader); break;

                // RFC 10013: authorities, flags and raw measurements mean nothing in this profile, so nobody may rely on them.
                default: reader.Fail(DecodeStatus.NotAllowed); break;
            }
        }

        reader.EndMap();
        if (reader.Status == DecodeStatus.Ok && (name is null || digest.IsEmpty))
        {
            reader.Fail(DecodeStatus.Missing);
        }

        return new MeasuredComponent(name ?? "", digest);
    }

    private static string ReadName(BoundedCborReader reader)
    {
        int items = reader.ReadArrayStart(1, 2);
        string? name = NameOf(reader.ReadTextBytes(1, MaxNameBytes).Span);
        if (reader.Status == DecodeStatus.Ok && name is null)
        {
            reader.Fail(DecodeStatus.OutOfRange);
        }

        if (items == 2)
        {
            reader.Skip(); // a version is inventory that the board chose; matching is by digest alone
        }

        reader.EndArray();
        return name ?? "";
    }

    private static string? NameOf(ReadOnlySpan<byte> text)
    {
        foreach (string name in Names)
        {
            if (Ascii.Equals(text, name))
            {
                return name;
            }
        }

        return null;
    }

    private static ReadOnlyMemory<byte> ReadDigest(BoundedCborReader reader)
    {
        reader.ReadArrayStart(2, 2);
        reader.ReadInt64(MeasuredComponentLabel.Sha256, MeasuredComponentLabel.Sha256);
        ReadOnlyMemory<byte> digest = reader.ReadBytes(SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);
        reader.EndArray();
        return digest;
    }
}
