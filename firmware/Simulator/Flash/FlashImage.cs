using System.Collections.Concurrent;
using System.Security.Cryptography;

using Microsoft.Win32.SafeHandles;

namespace IotAttest.Simulator;

/// <summary>A flash image file that any number of boards share and none writes to: what all of them were flashed with.</summary>
/// <remarks>The digests of its regions are kept, so that two thousand identical boards do not hash the same bytes two thousand times.</remarks>
public sealed class FlashImage : IDisposable
{
    /// <summary>The value of an erased byte.</summary>
    public const byte Erased = 0xFF;

    private const int ChunkBytes = 65536;
    private const int MaxFlashBytes = 256 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly ConcurrentDictionary<(long Offset, int Size), Lazy<byte[]>> _digests = new();

    private FlashImage(string path, SafeFileHandle file)
    {
        Path = System.IO.Path.GetFullPath(path);
        _file = file;
        Size = RandomAccess.GetLength(file);
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>Size of the flash in bytes.</summary>
    public long Size { get; }

    /// <summary>Writes an image of erased flash with contents at offsets, replacing a file of that name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not 1 byte to 256 MiB, or a content does not lie inside it.</exception>
    public static FlashImage Create(string path, long size, IEnumerable<(long Offset, byte[] Content)> contents)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxFlashBytes);
        byte[] flash = new byte[size];
        Array.Fill(flash, Erased);
        foreach ((long offset, byte[] content) in contents)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + content.Length, size);
            content.CopyTo(flash, offset);
        }

        DurableFile.Write(path, flash);
        return Open(path);
    }

    /// <summary>Opens an image for reading.</summary>
    public static FlashImage Open(string path) => new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    /// <summary>Fills a buffer from an offset.</summary>
    /// <exception cref="EndOfStreamException">The image ends before the buffer is full.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            int read = RandomAccess.Read(_file, buffer[done..], offset + done);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            done += read;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The SHA-256 of a region of this image, computed once; the caller must not write to it.</summary>
    internal byte[] Digest(FlashRegion region) =>
        _digests.GetOrAdd((region.Offset, region.Size), _ => new Lazy<byte[]>(() => Hash(region))).Value;

    private byte[] Hash(FlashRegion region)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[Math.Min(ChunkBytes, region.Size)];
        for (int done = 0; done < region.Size; done += chunk.Length)
        {
            Span<byte> part = chunk.AsSpan(0, Math.Min(chunk.Length, region.Size - done));
            Read(region.Offset + done, part);
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }
}
