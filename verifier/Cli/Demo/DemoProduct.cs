using IotAttest.Cli.Corims;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Demo;

/// <summary>A product model: a class minted from a board template, and the firmware made for it.</summary>
/// <param name="Code">Short form in board names: S3.</param>
/// <param name="Name">For people.</param>
/// <param name="Board">The board description with class and manufacturer.</param>
internal sealed record DemoProduct(string Code, string Name, BoardDescription Board)
{
    /// <summary>A number reserved for examples (RFC 5612).</summary>
    public const long OemId = 32473;

    private const string Library = "Sample.Sensor";
    private const string LibraryVersion = "1.0.3.0";
    private const string Application = "Sample.Thermostat";

    /// <summary>The organisation that signs the manifests.</summary>
    public string Manufacturer { get; init; } = DemoNames.Manufacturer;

    public Guid ClassId => Board.Class!.Value;

    public static DemoProduct Mint(string code, string name, string template)
    {
        string json = BoardJson.WithClass(DemoFiles.BoardTemplate(template), Guid.NewGuid(), OemId);
        return BoardJson.TryRead(json, out BoardDescription? board, out BoardError? error)
            ? new DemoProduct(code, name, board)
            : throw new InvalidOperationException(error.Message);
    }

    /// <summary>The files of a build, one for each measured region.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> FilesOf(string version)
    {
        Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal)
        {
            [RegionNames.Bootloader] = StandInImages.Bootloader(Board),
            [RegionNames.Clr] = StandInImages.Clr(Board),
            [RegionNames.Deployment] = DeploymentOf(version),
        };
        if (Board.Find(RegionNames.Partitions) is not null)
        {
            files[RegionNames.Partitions] = EspPartitionTableWriter.FromBoard(Board);
        }

        return files;
    }

    /// <summary>The assemblies end to end, each zero padded to 4 bytes: what a deploy writes.</summary>
    public static byte[] DeploymentOf(string version) =>
        [.. Padded(DemoFiles.Assembly(Library, LibraryVersion)), .. Padded(DemoFiles.Assembly(Application, $"{version}.0"))];

    /// <summary>The manifest of a build whose flash is measured.</summary>
    public BuildManifest ManifestOf(string version, ulong securityVersion)
    {
        if (!RegionLayout.TryLayOut(Board, FilesOf(version), out FlashRegions? regions, out ImageError? error))
        {
            throw new InvalidOperationException($"{error.Field}: {error.Seen}");
        }

        ComponentDigest[] components = [.. regions.Regions.Select(region => new ComponentDigest(region.Name, new Sha256Digest(region.Sha256.Span)))];
        return Manifest(version, securityVersion, components, [.. regions.Assemblies.Select(AssemblyEntries.Of)]);
    }

    /// <summary>The manifest of a build that boards report as an inventory.</summary>
    public BuildManifest InventoryManifestOf(string version, ulong securityVersion, Sha256Digest inventory) =>
        Manifest(version, securityVersion, [new ComponentDigest("inventory", inventory)], []);

    /// <summary>What a self-reported board says that it runs.</summary>
    public Agent.InventoryText InventoryOf(string version)
    {
        Agent.InventoryText text = new();
        text.Add("firmware", "1.17.0.0");
        text.Add("target", Board.Target);
        text.AddAssembly(Library, LibraryVersion);
        text.AddAssembly(Application, $"{version}.0");
        return text;
    }

    private BuildManifest Manifest(string version, ulong securityVersion, ComponentDigest[] components, AssemblyEntry[] assemblies) =>
        new(ClassId, Manufacturer, version, securityVersion, components, assemblies) { ProductName = Name };

    private static byte[] Padded(byte[] assembly) => [.. assembly, .. new byte[-assembly.Length & 3]];
}
