using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Domain.Images;

/// <summary>A nanoFramework 1.x assembly, format NFMRK1 (nf-interpreter src/CLR/Include/nanoCLR_Types.h, CLR_RECORD_ASSEMBLY).</summary>
/// <param name="Name">The assembly's name; null when it lies in the runtime's own string table (index with the high bit set).</param>
/// <param name="Version">Four numbers of 16 bits.</param>
/// <param name="NativeChecksum">Ties the assembly to its native half; 0 when it has none.</param>
/// <param name="TotalSize">Bytes of the assembly, without the zeros that pad it to 4 in a deployment.</param>
/// <param name="Sha256">Over exactly <paramref name="TotalSize"/> bytes: the digest of the .pe file as the compiler wrote it, whatever the padding.</param>
/// <param name="Offset">Where it starts in the file it was read from; 0 for a file of its own.</param>
public sealed record NanoPeFile(string? Name, Version Version, uint NativeChecksum, int TotalSize, ReadOnlyMemory<byte> Sha256, int Offset)
{
    internal const int HeaderBytes = 0x7C;
    internal const int Alignment = 4;

    private const int MagicBytes = 8;
    private const int HeaderCrcOffset = 0x08;
    private const int AssemblyCrcOffset = 0x0C;
    private const int NameOffset = 0x24;
    private const int TablesOffset = 0x28;
    private const int TableCount = 16;
    private const int StringsTable = 11;
    private const int RuntimeStringFlag = 0x8000;
    private const int MaxNameBytes = 256;
    private const string BuildAgain = "build the project again";

    /// <summary>Reads one assembly and verifies both of its CRCs.</summary>
    /// <param name="file">The assembly, and nothing behind it but up to 3 zeros that pad it to 4 bytes.</param>
    /// <param name="assembly">The assembly; null when the file is refused.</param>
    /// <param name="error">The first field that does not hold, with its offset; null when the file is taken.</param>
    /// <returns>True when every check holds. NFMRK2 (nanoFramework 2.x) and other formats are refused by name.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        [NotNullWhen(true)] out NanoPeFile? assembly,
        [NotNullWhen(false)] out ImageError? error)
    {
        if (!TryReadFirst(file, 0, out assembly, out error))
        {
            return false;
        }

        int padding = file.Length - assembly.TotalSize;
        if (padding >= Alignment || file[assembly.TotalSize..].ContainsAnyExcept((byte)0))
        {
            error = new("bytes after the assembly", assembly.TotalSize, $"{padding} bytes", "nothing, or zeros up to a multiple of 4",
                "pass one .pe file; several make a deployment");
            assembly = null;
        }

        return assembly is not null;
    }

    /// <summary>Reads the assembly that <paramref name="file"/> starts with; offsets in errors count from <paramref name="at"/> bytes earlier.</summary>
    internal static bool TryReadFirst(
        ReadOnlySpan<byte> file,
        int at,
        [NotNullWhen(true)] out NanoPeFile? assembly,
        [NotNullWhen(false)] out ImageError? error)
    {
        FieldReader reader = new(file);
        Header header = ReadHeader(ref reader);
        CheckHeaderCrc(ref reader, header.HeaderCrc);
        CheckTables(ref reader, header.Tables);
        int totalSize = (int)header.Tables[^1];
        CheckAssemblyCrc(ref reader, header.AssemblyCrc, totalSize);
        string? name = ReadName(ref reader, file, header);

        error = reader.Error is { } failed ? failed with { Offset = failed.Offset + at } : null;
        assembly = error is null ? new(name, header.Version, header.NativeChecksum, totalSize, SHA256.HashData(file[..totalSize]), at) : null;
        return assembly is not null;
    }

    private static Header ReadHeader(ref FieldReader reader)
    {
        ReadOnlySpan<byte> magic = reader.Take("magic", MagicBytes);
        reader.Require(magic.SequenceEqual("NFMRK1\0\0"u8), "magic", 0, DescribeMagic(magic), "NFMRK1 (nanoFramework 1.x)", "build for the 1.x line");
        uint headerCrc = reader.UInt32("header CRC");
        uint assemblyCrc = reader.UInt32("assembly CRC");
        reader.UInt32("flags");
        uint nativeChecksum = reader.UInt32("native checksum");
        reader.UInt32("patch entry offset");
        Version version = new(reader.UInt16("version major"), reader.UInt16("version minor"), reader.UInt16("version build"), reader.UInt16("version revision"));
        ushort nameIndex = reader.UInt16("assembly name index");
        reader.UInt16("string table version");
        uint[] tables = new uint[TableCount];
        for (int table = 0; table < TableCount; table++)
        {
            tables[table] = reader.UInt32($"table {table} start");
        }

        reader.UInt32("patched methods");
        reader.Take("table padding", TableCount);
        return new(headerCrc, assemblyCrc, nativeChecksum, version, nameIndex, tables);
    }

    // Over the header with its own field zero and the assembly CRC filled in.
    private static void CheckHeaderCrc(ref FieldReader reader, uint stored)
    {
        if (reader.Error is null)
        {
            uint computed = NanoCrc.Append(0, reader.Consumed[..HeaderCrcOffset]);
            computed = NanoCrc.Append(computed, stackalloc byte[sizeof(uint)]);
            computed = NanoCrc.Append(computed, reader.Consumed[AssemblyCrcOffset..]);
            reader.Require(stored == computed, "header CRC", HeaderCrcOffset, $"0x{stored:X8}", $"0x{computed:X8}", BuildAgain);
        }
    }

    private static void CheckTables(ref FieldReader reader, uint[] tables)
    {
        reader.Require(tables[0] == HeaderBytes, "table 0 start", TablesOffset, $"0x{tables[0]:X}", $"0x{HeaderBytes:X}, behind the header", BuildAgain);
        for (int table = 1; table < TableCount; table++)
        {
            reader.Require(tables[table] >= tables[table - 1] && tables[table] <= int.MaxValue, $"table {table} start", TablesOffset + (table * sizeof(uint)),
                $"0x{tables[table]:X}", $"0x{tables[table - 1]:X} or more", BuildAgain);
        }
    }

    private static void CheckAssemblyCrc(ref FieldReader reader, uint stored, int totalSize)
    {
        uint computed = NanoCrc.Append(0, reader.Take("tables", totalSize - HeaderBytes));
        reader.Require(stored == computed, "assembly CRC", AssemblyCrcOffset, $"0x{stored:X8}", $"0x{computed:X8}", BuildAgain);
    }

    private static string? ReadName(ref FieldReader reader, ReadOnlySpan<byte> file, Header header)
    {
        if (reader.Error is not null || (header.NameIndex & RuntimeStringFlag) != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> strings = file[(int)header.Tables[StringsTable]..(int)header.Tables[StringsTable + 1]];
        ReadOnlySpan<byte> from = header.NameIndex < strings.Length ? strings[header.NameIndex..] : default;
        int length = from.IndexOf((byte)0);
        bool isName = length is >= 1 and <= MaxNameBytes && !from[..length].ContainsAnyExceptInRange((byte)'!', (byte)'~');
        reader.Require(isName, "assembly name index", NameOffset, $"{header.NameIndex}", "the index of a printable name in the string table", BuildAgain);
        return isName ? Encoding.ASCII.GetString(from[..length]) : null;
    }

    private static string DescribeMagic(ReadOnlySpan<byte> magic) =>
        magic.SequenceEqual("NFMRK2\0\0"u8) ? "NFMRK2 (nanoFramework 2.x)" : Convert.ToHexString(magic);

    private readonly record struct Header(uint HeaderCrc, uint AssemblyCrc, uint NativeChecksum, Version Version, ushort NameIndex, uint[] Tables);
}
