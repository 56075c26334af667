using IotAttest.Domain.Boards;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>The flash that all boards of a product leave the factory with, as one shared image file.</summary>
internal sealed class ProductFlash : IDisposable
{
    private readonly FlashImage _image;
    private readonly FlashRegion[] _regions;

    private ProductFlash(FlashImage image, BoardDescription board)
    {
        _image = image;
        _regions = [.. board.Measured.Select(region => new FlashRegion(region.Name, region.Offset, (int)region.Size))];
    }

    /// <summary>Writes the image: every file at the start of its region, erased flash everywhere else.</summary>
    public static ProductFlash Create(string path, BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) => new(
        FlashImage.Create(path, board.FlashSize, board.Measured.Select(region => ((long)region.Offset, files[region.Name].ToArray()))),
        board);

    /// <summary>The flash of one board; what it writes itself goes into its own folder.</summary>
    public SimulatedFlash ForBoard(string boardFolder)
    {
        Directory.CreateDirectory(boardFolder);
        return new SimulatedFlash(_image, _regions, Path.Combine(boardFolder, "flash-pages"));
    }

    public void Dispose() => _image.Dispose();
}
