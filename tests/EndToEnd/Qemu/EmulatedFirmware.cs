using System.Diagnostics;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Images;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>The firmware of the emulated Cortex-M4, built once per test run, with an application of two real assemblies.</summary>
public sealed class EmulatedFirmware : IDisposable
{
    private const byte Erased = 0xFF;

    private static readonly string Sources = Path.Combine(SharedData.Repository, "firmware", "Interop", "native", "qemu");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-m4-");
    private readonly Lazy<string> _sizes;
    private readonly Lazy<Dictionary<string, ReadOnlyMemory<byte>>> _files;

    public EmulatedFirmware()
    {
        _sizes = new Lazy<string>(Build);
        _files = new Lazy<Dictionary<string, ReadOnlyMemory<byte>>>(ReadFiles);
        Assert.True(BoardJson.TryRead(File.ReadAllText(Path.Combine(Sources, "board.json")), out BoardDescription? board, out BoardError? error), error?.Message);
        Board = board;
    }

    public BoardDescription Board { get; }

    /// <summary>What the build printed: the sizes of the hash, the MAC and the whole.</summary>
    public string Sizes => _sizes.Value;

    /// <summary>The build's files by region, as <c>build manifest --image</c> takes them.</summary>
    internal Dictionary<string, ReadOnlyMemory<byte>> Files => _files.Value;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>All of flash: the files in their regions, erased bytes elsewhere.</summary>
    internal byte[] Flash()
    {
        byte[] flash = new byte[Board.FlashSize];
        flash.AsSpan().Fill(Erased);
        foreach (BoardRegion region in Board.Measured)
        {
            RegionLayout.FullBytes(region, Files[region.Name].Span).CopyTo(flash, region.Offset);
        }

        return flash;
    }

    /// <summary>The digests that the manufacturer's manifest states for these files.</summary>
    internal MeasuredSet Measured()
    {
        Assert.True(RegionLayout.TryLayOut(Board, Files, out FlashRegions? regions, out ImageError? error), error?.Seen);
        return new MeasuredSet(regions.Regions.Select(region => new MeasuredComponent(region.Name, region.Sha256.ToArray())));
    }

    private Dictionary<string, ReadOnlyMemory<byte>> ReadFiles()
    {
        Assert.NotEmpty(Sizes);
        return new Dictionary<string, ReadOnlyMemory<byte>>
        {
            [RegionNames.Bootloader] = File.ReadAllBytes(Path.Combine(_folder.FullName, "bootloader.bin")),
            [RegionNames.Clr] = File.ReadAllBytes(Path.Combine(_folder.FullName, "clr.bin")),
            [RegionNames.Deployment] = new[] { "Sample.Sensor-1.0.3.0.pe", "Sample.Thermostat-1.2.1.0.pe" }
                .SelectMany(name => File.ReadAllBytes(Path.Combine(SharedData.Repository, "hardware", "samples", name))).ToArray(),
        };
    }

    private string Build()
    {
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(Sources, "build.sh"), [_folder.FullName]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"build.sh gave {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }
}
