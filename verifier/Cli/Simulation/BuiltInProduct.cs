using System.Security.Cryptography;
using IotAttest.Cli.Demo;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Simulation;

/// <summary>The product of a simulation that names none: a board template, the sample application and stand-in images; class, key and manifest stay in a folder.</summary>
internal sealed class BuiltInProduct : IDisposable
{
    public const string DefaultOrganisation = "simulated";

    private const string Template = "ST_STM32F769I_DISCOVERY";
    private const string Name = "Simulated thermostat";
    private const string Version = "1.2.0";
    private const ulong SecurityVersion = 3;

    private readonly DemoProduct _product;

    private BuiltInProduct(DemoProduct product, ECDsa key)
    {
        _product = product;
        Key = key;
    }

    public string Organisation => _product.Manufacturer;

    /// <summary>The key that signs for <see cref="Organisation"/>.</summary>
    public ECDsa Key { get; }

    public BoardDescription Board => _product.Board;

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files => _product.FilesOf(Version);

    public Agent.InventoryText Inventory => _product.InventoryOf(Version);

    public BoardEnrolmentTerms Terms(string strength, string freshness) => new(_product.ClassId, DemoProduct.OemId, strength, freshness, Organisation);

    /// <summary>The product that an earlier run left in the folder, or a new one.</summary>
    public static BuiltInProduct Open(string folder, string organisation)
    {
        Directory.CreateDirectory(folder);
        string board = Path.Combine(folder, "board.json");
        if (!File.Exists(board))
        {
            string named = BoardName.Set(DemoFiles.BoardTemplate(Template), Name);
            OutputFile.WriteText(board, BoardJson.WithClass(named, Guid.NewGuid(), DemoProduct.OemId), isSecret: false, mayReplace: false);
        }

        BoardDescription description = BoardFile.Read(board);
        _ = description.Class ?? throw BoardFile.IsTemplate(board, "class");
        return new BuiltInProduct(new DemoProduct("SIM", Name, description) { Manufacturer = organisation }, OpenKey(Path.Combine(folder, "manufacturer.pem")));
    }

    /// <summary>The signed manifest in the folder; the one of an earlier run when the same key signed it for the same organisation.</summary>
    /// <returns>The path of the file.</returns>
    public string WriteManifest(string folder, bool isInventory)
    {
        string path = Path.Combine(folder, isInventory ? "inventory.corim" : "build.corim");
        if (!IsManifest(path))
        {
            BuildManifest manifest = isInventory
                ? _product.InventoryManifestOf(Version, SecurityVersion, Sha256Digest.Of(Inventory.ToBytes()))
                : _product.ManifestOf(Version, SecurityVersion);
            OutputFile.Write(path, BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), Organisation, manifest.ClassId.ToString("D"), Key));
        }

        return path;
    }

    public void Dispose() => Key.Dispose();

    private bool IsManifest(string path) =>
        File.Exists(path) && SignedCorim.TryDecode(InputFile.ReadBytes(path, CorimProfile.MaxFileBytes), out SignedCorim? signed, out _) && signed.Issuer == Organisation && signed.Verify(Key);

    private static ECDsa OpenKey(string path)
    {
        if (File.Exists(path))
        {
            return KeyFiles.ReadPrivate(path);
        }

        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        OutputFile.WriteText(path, $"{key.ExportPkcs8PrivateKeyPem()}\n", isSecret: true, mayReplace: false);
        return key;
    }
}
