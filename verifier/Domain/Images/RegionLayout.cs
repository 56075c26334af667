using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Images;

/// <summary>Lays out build files as flash will hold them.</summary>
public static class RegionLayout
{
    private const int FillBytes = 4096;

    /// <summary>Checks the files of a build against the board and digests every measured region.</summary>
    /// <param name="board">The board description.</param>
    /// <param name="files">One file for each measured region, by region name; none for other names.</param>
    /// <param name="regions">Regions with their digests, and the assemblies; null when something does not hold.</param>
    /// <param name="error">The first thing that does not hold, with the region's name; null when all holds.</param>
    /// <returns>True when every measured region has a file that fits, every file is intact in its format, and they agree with the board:
    /// chip, partition table.</returns>
    public static bool TryLayOut(
        BoardDescription board,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out FlashRegions? regions,
        [NotNullWhen(false)] out ImageError? error)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(files);
        regions = null;
        error = CheckNames(board, files) ?? CheckLengths(board, files) ?? RegionFormats.Check(board, files);
        if (error is not null || !ReadDeployment(files[RegionNames.Deployment].Span, out Deployment? deployment, out error))
        {
            return false;
        }

        regions = new([.. board.Measured.Select(region => LayOut(region, files[region.Name].Span))], deployment.Assemblies);
        return true;
    }

    /// <summary>All bytes of a region: the file, then 0xFF (a simulated flash needs them).</summary>
    /// <exception cref="ArgumentException">The file is longer than the region.</exception>
    public static byte[] FullBytes(BoardRegion region, ReadOnlySpan<byte> file)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (file.Length > region.Size)
        {
            throw new ArgumentException(TooLong(region, file.Length).Message, nameof(file));
        }

        byte[] bytes = new byte[region.Size];
        file.CopyTo(bytes);
        bytes.AsSpan(file.Length).Fill(ErasedFlash.Value);
        return bytes;
    }

    private static ImageError? CheckNames(BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        string[] measured = [.. board.Measured.Select(region => region.Name)];
        if (files.Keys.FirstOrDefault(name => !measured.Contains(name)) is { } stranger)
        {
            return new("file", 0, "a file for it", $"files for the measured regions only: {string.Join(", ", measured)}", "leave it out or correct the name")
            {
                Region = stranger,
            };
        }

        return measured.FirstOrDefault(name => !files.ContainsKey(name)) is { } missing
            ? new("file", 0, "no file", "a file for each measured region", $"pass it with --image {missing}=FILE") { Region = missing }
            : null;
    }

    private static ImageError? CheckLengths(BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        BoardRegion? tooSmall = board.Measured.FirstOrDefault(region => files[region.Name].Length > region.Size);
        if (tooSmall is not null)
        {
            return TooLong(tooSmall, files[tooSmall.Name].Length);
        }

        return board.Measured.FirstOrDefault(region => files[region.Name].IsEmpty) is { } empty
            ? new("file length", 0, "an empty file", "at least one byte", "pass the file that was flashed") { Region = empty.Name }
            : null;
    }

    private static ImageError TooLong(BoardRegion region, int fileBytes) =>
        new("file length", region.Size, $"{fileBytes} bytes", $"at most 0x{region.Size:X}, the size of the region",
            "pass the file of this region alone, or correct board.json")
        {
            Region = region.Name,
        };

    private static bool ReadDeployment(ReadOnlySpan<byte> file, [NotNullWhen(true)] out Deployment? deployment, [NotNullWhen(false)] out ImageError? error)
    {
        bool isRead = Deployment.TryRead(file, out deployment, out error);
        error = error is null ? null : error with { Region = RegionNames.Deployment };
        return isRead;
    }

    private static FlashRegion LayOut(BoardRegion region, ReadOnlySpan<byte> file)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file);
        Span<byte> fill = stackalloc byte[FillBytes];
        fill.Fill(ErasedFlash.Value);
        for (long left = region.Size - file.Length; left > 0; left -= FillBytes)
        {
            hash.AppendData(fill[..(int)Math.Min(left, FillBytes)]);
        }

        return new(region.Name, region.Offset, region.Size, hash.GetHashAndReset(), file.Length);
    }
}
