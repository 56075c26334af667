using System.Security.Cryptography;
using IotAttest.Cli.Demo;
using IotAttest.Cli.Files;
using IotAttest.Conformance;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Suites;

/// <summary>The product of a simulated board: three builds of it, as files and as signed manifests.</summary>
internal sealed class SuiteProduct : IDisposable
{
    private const string Template = "ST_STM32F769I_DISCOVERY";
    private const string Name = "Simulated thermostat";
    private const string Manufacturer = "simulated";
    private const string CurrentVersion = "1.2.0";
    private const string NewerVersion = "1.2.1";
    private const string OlderVersion = "1.1.0";

    private readonly ECDsa _key;

    private SuiteProduct(BoardDescription board, SuiteBuild current, ECDsa key)
    {
        Board = board;
        Current = current;
        _key = key;
    }

    public BoardDescription Board { get; }

    public SuiteBuild Current { get; }

    public SuiteBuild? Newer { get; private init; }

    public SuiteBuild? Older { get; private init; }

    public ReadOnlyMemory<byte>? Sbom { get; private init; }

    /// <summary>The built-in one: a board template, the sample application in three versions, stand-in images.</summary>
    public static SuiteProduct BuiltIn()
    {
        string json = BoardJson.WithClass(BoardName.Set(DemoFiles.BoardTemplate(Template), Name), Guid.NewGuid(), DemoProduct.OemId);
        DemoProduct product = new("SIM", Name, BoardFile.Parse(Template, json)) { Manufacturer = Manufacturer };
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] sbom = """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"Sample.Sensor","version":"1.0.3.0"}]}"""u8.ToArray();
        return new SuiteProduct(product.Board, Build(CurrentVersion, 3), key)
        {
            Newer = Build(NewerVersion, 4),
            Older = Build(OlderVersion, 2),
            Sbom = sbom,
        };

        SuiteBuild Build(string version, ulong securityVersion)
        {
            BuildManifest manifest = product.ManifestOf(version, securityVersion) with { Sbom = Sha256Digest.Of(sbom) };
            byte[] file = BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), Manufacturer, manifest.ClassId.ToString("D"), key);
            return new SuiteBuild(product.FilesOf(version), ManifestFile.Read(file, key));
        }
    }

    /// <summary>A product of the caller's.</summary>
    public static SuiteProduct Of(BoardDescription board, SuiteBuild current, SuiteBuild? newer, SuiteBuild? older, ReadOnlyMemory<byte>? sbom, ECDsa key) =>
        new(board, current, key) { Newer = newer, Older = older, Sbom = sbom };

    public void Dispose() => _key.Dispose();
}
