using System.Buffers.Binary;

namespace IotAttest.Simulator;

/// <summary>The file of the pages a board wrote: for each the page number (4 bytes, little endian) and its content.</summary>
internal static class FlashOverlay
{
    private const int NumberBytes = 4;

    public static SortedDictionary<int, byte[]> Load(string path, int pageBytes)
    {
        SortedDictionary<int, byte[]> pages = [];
        byte[] file = File.Exists(path) ? File.ReadAllBytes(path) : [];
        int recordBytes = NumberBytes + pageBytes;
        if (file.Length % recordBytes != 0)
        {
            throw new InvalidDataException($"{path} is {file.Length} bytes; expected a multiple of {recordBytes}. Remove it to flash the board afresh.");
        }

        for (int position = 0; position < file.Length; position += recordBytes)
        {
            int page = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position));
            pages.Add(page, file.AsSpan(position + NumberBytes, pageBytes).ToArray());
        }

        return pages;
    }

    public static void Save(string path, SortedDictionary<int, byte[]> pages)
    {
        using MemoryStream file = new();
        Span<byte> number = stackalloc byte[NumberBytes];
        foreach ((int page, byte[] content) in pages)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, page);
            file.Write(number);
            file.Write(content);
        }

        DurableFile.Write(path, file.ToArray());
    }
}
