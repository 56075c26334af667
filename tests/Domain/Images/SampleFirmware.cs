using System.Buffers.Binary;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Boards;

namespace IotAttest.Domain.Tests.Images;

/// <summary>Files of a build: real assemblies of hardware/samples, images in true format from the writers.</summary>
internal static class SampleFirmware
{
    public const ushort S3 = 9;
    public const uint Entry = 0x40374A14;

    public static byte[] Sensor => Pe("Sample.Sensor-1.0.3.0.pe");

    public static byte[] Thermostat => Pe("Sample.Thermostat-1.2.0.0.pe");

    public static byte[] Pe(string file) => File.ReadAllBytes(Path.Combine(BoardFiles.Folder, "samples", file));

    public static byte[] EspImage(ushort chip = S3, int dataBytes = 37) => EspAppImageWriter.Write(chip, Entry,
        [(0x3C000020, Bytes(dataBytes)), (0x40374000, Bytes(64))]);

    public static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(index => (byte)(index * 7))];

    public static Dictionary<string, ReadOnlyMemory<byte>> FilesFor(BoardDescription board)
    {
        bool isEsp = board.UsesEspFormats;
        ushort chip = EspChip.ForTarget(board.Target)?.ImageChipId ?? 0;
        Dictionary<string, ReadOnlyMemory<byte>> files = new()
        {
            ["bootloader"] = isEsp ? EspImage(chip) : Bytes(1000),
            ["clr"] = isEsp ? EspImage(chip, 5000) : Bytes(50_001),
            ["deployment"] = (byte[])[.. Sensor, .. Thermostat],
        };
        if (isEsp)
        {
            files["partitions"] = EspPartitionTableWriter.FromBoard(board);
        }

        return files;
    }

    /// <summary>A small assembly with a body of any length and both CRCs right.</summary>
    public static byte[] MakePe(int bodyBytes, string name = "A")
    {
        byte[] pe = new byte[0x7C + bodyBytes];
        "NFMRK1\0\0"u8.CopyTo(pe);
        pe[0x1C] = 1;
        for (int table = 0; table < 16; table++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(0x28 + (table * 4)), table <= 11 ? 0x7Cu : (uint)pe.Length);
        }

        System.Text.Encoding.ASCII.GetBytes(name).CopyTo(pe, 0x7C);
        return Seal(pe);
    }

    /// <summary>Writes both CRCs of an assembly again.</summary>
    public static byte[] Seal(byte[] pe)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(0x0C), NanoCrc.Append(0, pe.AsSpan(0x7C)));
        BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(0x08), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(0x08), NanoCrc.Append(0, pe.AsSpan(0, 0x7C)));
        return pe;
    }

    public static byte[] With(byte[] file, int offset, params byte[] bytes)
    {
        byte[] changed = [.. file];
        bytes.CopyTo(changed, offset);
        return changed;
    }
}
