using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Cli.Demo;
using IotAttest.Cli.Suites;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;
using IotAttest.Support;

namespace IotAttest.Conformance.Tests;

/// <summary>A product whose board measures all five regions, in three builds.</summary>
internal static class TestProduct
{
    public const string Issuer = "acme";

    public static readonly byte[] Sbom = """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}"""u8.ToArray();

    public static SuiteProduct Make()
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        BoardDescription board = Board();
        return SuiteProduct.Of(board, Build(board, key, "1.2.0", 3), Build(board, key, "1.2.1", 4), Build(board, key, "1.1.0", 2), Sbom, key);
    }

    /// <summary>The manifest of a build, changed, signed by the maker or by somebody else.</summary>
    public static ManifestFile Manifest(BuildManifest manifest, ECDsa? maker = null, ECDsa? signer = null)
    {
        ECDsa key = maker ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ManifestFile.Read(BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), manifest.Issuer, manifest.ClassId.ToString("D"), signer ?? key), key);
    }

    private static BoardDescription Board()
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "hardware", "ESP32_C6_THREAD", "board.json")))!;
        json["regions"]!.AsArray().Single(region => region!["name"]!.GetValue<string>() == "config")!["measured"] = true;
        string text = BoardJson.WithClass(json.ToJsonString(), Guid.NewGuid(), DemoProduct.OemId);
        return BoardJson.TryRead(text, out BoardDescription? board, out BoardError? error) ? board : throw new InvalidOperationException(error.Message);
    }

    private static SuiteBuild Build(BoardDescription board, ECDsa key, string version, ulong securityVersion)
    {
        Dictionary<string, ReadOnlyMemory<byte>> files = new()
        {
            [RegionNames.Bootloader] = StandInImages.Bootloader(board),
            [RegionNames.Partitions] = EspPartitionTableWriter.FromBoard(board),
            [RegionNames.Clr] = StandInImages.Clr(board),
            [RegionNames.Deployment] = DemoProduct.DeploymentOf(version),
            [RegionNames.Config] = new byte[] { 1, 2, 3, 4 },
        };
        Assert.True(RegionLayout.TryLayOut(board, files, out FlashRegions? regions, out ImageError? error), error?.Message);
        ComponentDigest[] components = [.. regions.Regions.Select(region => new ComponentDigest(region.Name, new Sha256Digest(region.Sha256.Span)))];
        return new SuiteBuild(files, Manifest(new BuildManifest(board.Class!.Value, Issuer, version, securityVersion, components, []) { Sbom = Sha256Digest.Of(Sbom) }, key));
    }
}
