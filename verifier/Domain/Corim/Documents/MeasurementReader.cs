using System.Globalization;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>measurement-map and measurement-values-map with every value that draft-11 defines.</summary>
internal static class MeasurementReader
{
    private const int MaxRawBytes = 64 * 1024;
    private const int MinimumSvnTag = 553;
    private const int MaskedTag = 563;
    private const int RangeTag = 564;

    private static readonly string[] FlagNames =
    [
        "configured", "secure", "recovery", "debug", "replay-protected", "integrity-protected", "runtime-measured", "immutable", "tcb",
        "confidentiality-protected", "runtime-updatable",
    ];

    internal static Measurement Read(DocumentCursor cursor)
    {
        CorimValue? key = null;
        MeasurementValues? values = null;
        IReadOnlyList<CorimValue> authorizedBy = [];
        cursor.Fields(field =>
        {
            switch (field)
            {
                case 0: key = ValueReader.MeasurementKey(cursor); break;
                case 1: values = ReadValues(cursor); break;
                case 2: authorizedBy = cursor.List(1, ValueReader.Key); break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        if (values is null)
        {
            cursor.Fail(DecodeStatus.Missing);
        }

        return new Measurement(key, values ?? new MeasurementValues(), authorizedBy);
    }

    private static MeasurementValues ReadValues(DocumentCursor cursor)
    {
        MeasurementValues values = new();
        Dictionary<long, string> others = [];
        int count = cursor.Fields(key =>
        {
            if (ReadValue(cursor, key, values) is { } read)
            {
                values = read;
            }
            else
            {
                others[key] = cursor.Encoded();
            }
        });
        if (count == 0 || (values.RawMask is { } mask && mask.Length != values.RawValue?.Length))
        {
            cursor.Fail(count == 0 ? DecodeStatus.Missing : DecodeStatus.OutOfRange);
        }

        return values with { Others = others };
    }

    /// <summary>Null for a key that the draft does not define.</summary>
    private static MeasurementValues? ReadValue(DocumentCursor cursor, long key, MeasurementValues values) => key switch
    {
        0 => ReadVersion(cursor, values),
        1 => ReadSecurityVersion(cursor, values),
        2 => values with { Digests = ValueReader.Digests(cursor) },
        3 => values with { Flags = ReadFlags(cursor) },
        4 => ReadRaw(cursor, values),
        5 => values with { RawMask = cursor.Hex(1, MaxRawBytes) },
        6 => values with { MacAddress = ReadAddress(cursor, 6, 8) },
        7 => values with { IpAddress = ReadAddress(cursor, 4, 16) },
        8 => values with { SerialNumber = cursor.Text() },
        9 => values with { Ueid = cursor.Hex(7, 33) },
        10 => values with { Uuid = ValueReader.Uuid(cursor) },
        11 => values with { Name = cursor.Text() },
        13 => values with { CryptoKeys = cursor.List(1, ValueReader.Key) },
        14 => values with { IntegrityRegisters = ReadRegisters(cursor) },
        15 => values with { Range = ReadRange(cursor) },
        _ => null,
    };

    private static MeasurementValues ReadVersion(DocumentCursor cursor, MeasurementValues values)
    {
        string? version = null;
        string? scheme = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: version = cursor.Text(); break;
                case 1: scheme = cursor.Reader.Peek() == CborKind.Text ? cursor.Text() : cursor.Reader.ReadInt64().ToString(CultureInfo.InvariantCulture); break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        if (version is null)
        {
            cursor.Fail(DecodeStatus.Missing);
        }

        return values with { Version = version, VersionScheme = scheme };
    }

    private static MeasurementValues ReadSecurityVersion(DocumentCursor cursor, MeasurementValues values)
    {
        ulong tag = cursor.Reader.Peek() == CborKind.Tag ? cursor.Reader.ReadTag() : CorimProfile.SvnTag;
        if (tag is not (CorimProfile.SvnTag or MinimumSvnTag))
        {
            cursor.Fail(DecodeStatus.WrongTag);
        }

        return values with { SecurityVersion = cursor.Unsigned(), IsMinimumSecurityVersion = tag == MinimumSvnTag };
    }

    private static Dictionary<string, bool> ReadFlags(DocumentCursor cursor)
    {
        Dictionary<string, bool> flags = [];
        cursor.Fields(key => flags[key >= 0 && key < FlagNames.Length ? FlagNames[key] : $"flag-{key}"] = cursor.Reader.ReadBool());
        return flags;
    }

    // Key 4 is 560 (bytes) or 563 [value, mask]; key 5 is the mask of older drafts.
    private static MeasurementValues ReadRaw(DocumentCursor cursor, MeasurementValues values)
    {
        ulong tag = cursor.Reader.Peek() == CborKind.Tag ? cursor.Reader.ReadTag() : 0;
        if (tag is not (MaskedTag or ValueReader.Bytes))
        {
            cursor.Fail(DecodeStatus.WrongTag);
        }

        if (tag != MaskedTag)
        {
            return values with { RawValue = cursor.Hex(1, MaxRawBytes) };
        }

        cursor.Open(2, 2);
        MeasurementValues read = values with { RawValue = cursor.Hex(1, MaxRawBytes), RawMask = cursor.Hex(1, MaxRawBytes) };
        cursor.Reader.EndArray();
        return read;
    }

    private static string ReadAddress(DocumentCursor cursor, int shortForm, int longForm)
    {
        string address = cursor.Hex(shortForm, longForm);
        if (address.Length != 2 * shortForm && address.Length != 2 * longForm)
        {
            cursor.Fail(DecodeStatus.OutOfRange);
        }

        return address;
    }

    private static Dictionary<string, IReadOnlyList<CorimDigest>> ReadRegisters(DocumentCursor cursor)
    {
        Dictionary<string, IReadOnlyList<CorimDigest>> registers = [];
        int count = cursor.OpenMap();
        for (int i = 0; i < count && cursor.IsOk; i++)
        {
            string name = cursor.Reader.Peek() == CborKind.Text ? $"\"{cursor.Text()}\"" : cursor.Unsigned().ToString(CultureInfo.InvariantCulture);
            registers[name] = ValueReader.Digests(cursor);
        }

        cursor.Reader.EndMap();
        return registers;
    }

    private static IntegerRange ReadRange(DocumentCursor cursor)
    {
        if (cursor.Reader.Peek() != CborKind.Tag)
        {
            long value = cursor.Reader.ReadInt64();
            return new IntegerRange(value, value);
        }

        cursor.Reader.ReadTag(RangeTag);
        cursor.Open(2, 2);
        IntegerRange range = new(ReadEnd(cursor), ReadEnd(cursor));
        cursor.Reader.EndArray();
        if (range.Minimum > range.Maximum)
        {
            cursor.Fail(DecodeStatus.OutOfRange);
        }

        return range;
    }

    private static long? ReadEnd(DocumentCursor cursor) => cursor.Reader.TryReadNull() ? null : cursor.Reader.ReadInt64();
}
