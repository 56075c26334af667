using System.CommandLine;
using System.Security.Cryptography;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;
using IotAttest.Domain.Sbom;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build manifest</c>: turns the files of a build into the signed build manifest.</summary>
internal static class BuildManifestNew
{
    private const int MaxSbomBytes = 64 * 1024 * 1024;
    private const int MaxInventoryBytes = 64 * 1024;

    public static Command Create(CliContext context)
    {
        Option<string> board = CommonOptions.Path("--board", "The board.json of the product model.");
        Option<Dictionary<string, string>> images = ImageOption.Create();
        Option<string> version = CommonOptions.Text("--version", "Version of the build, for people.");
        Option<ulong> securityVersion = new("--security-version") { Description = "Number that grows when a weakness is closed.", Required = true };
        Option<string?> sbom = CommonOptions.OptionalPath("--sbom", "Software bill of materials; its SHA-256 goes into the manifest.");
        Option<string?> product = CommonOptions.OptionalText("--product", "Product name for people; the board's name when left out.");
        Option<DateTimeOffset?> notBefore = TimeOption.Start("--not-before", "Start of validity.");
        Option<DateTimeOffset?> notAfter = TimeOption.End("--not-after", "End of validity.");
        Option<Guid?> classId = new("--class") { Description = "Class of the product model, instead of the one in board.json.", HelpName = "UUID" };
        Option<string> key = CommonOptions.Path("--key", "The manufacturer's private key.");
        Option<string> issuer = CommonOptions.Text("--issuer", "The manufacturer, as registered with the verifier.");
        Option<string> output = CommonOptions.Path("--out", "The signed manifest (*.corim).");
        Option<bool> json = CommonOptions.Json();
        Command command = new("manifest", "Makes the signed build manifest from the files that were flashed.")
        {
            board, images, version, securityVersion, sbom, product, notBefore, notAfter, classId, key, issuer, output, json,
        };
        command.SetAction(parsed =>
        {
            string boardPath = parsed.GetRequiredValue(board);
            BoardDescription description = BoardFile.Read(boardPath);
            Guid model = parsed.GetValue(classId) ?? description.Class ?? throw BoardFile.IsTemplate(boardPath, "class");
            Dictionary<string, string> files = parsed.GetRequiredValue(images);
            FlashRegions regions = LayOut(description, files);
            BuildManifest manifest = new(
                model,
                parsed.GetRequiredValue(issuer),
                parsed.GetRequiredValue(version),
                parsed.GetValue(securityVersion),
                [.. regions.Regions.Select(region => new ComponentDigest(region.Name, new Sha256Digest(region.Sha256.Span)))],
                [.. regions.Assemblies.Select(AssemblyEntries.Of)])
            {
                ProductName = parsed.GetValue(product) ?? description.Name,
                Sbom = parsed.GetValue(sbom) is { } path ? DigestOfSbom(context, path) : null,
                NotBefore = parsed.GetValue(notBefore),
                NotAfter = parsed.GetValue(notAfter),
            };
            SignedCorim signed = Sign(manifest, parsed.GetRequiredValue(key), parsed.GetRequiredValue(output));
            BuildReport.WriteNew(context.Terminal, manifest, signed, regions, files, parsed.GetRequiredValue(output), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Sha256Digest DigestOfSbom(CliContext context, string path)
    {
        byte[] file = InputFile.ReadBytes(path, MaxSbomBytes);
        if (!SbomReader.TryRead(file, out _, out SbomError? error))
        {
            context.Terminal.WriteWarning($"the bill of materials cannot be indexed by a verifier: {error}");
        }

        return Sha256Digest.Of(file);
    }

    private static FlashRegions LayOut(BoardDescription board, Dictionary<string, string> files)
    {
        if (files.TryGetValue(EvidenceProfile.Inventory, out string? inventory))
        {
            return OfInventory(inventory, files);
        }

        // A longer file cannot be right: the region's own check names it, one byte more is enough for that.
        Dictionary<string, ReadOnlyMemory<byte>> contents = files.ToDictionary(
            file => file.Key, file => (ReadOnlyMemory<byte>)InputFile.ReadBytes(file.Value, (int)board.FlashSize), StringComparer.Ordinal);
        if (RegionLayout.TryLayOut(board, contents, out FlashRegions? regions, out ImageError? error))
        {
            return regions;
        }

        string file = error.Region is { } region && files.TryGetValue(region, out string? path) ? $" of {region} ({path})" : $" of {error.Region}";
        throw CliException.DoesNotHold($"{error.Seen} in {error.Field} at 0x{error.Offset:X}{file}", error.Expected, error.Do);
    }

    // A self-reported board measures no flash: its one component is the SHA-256 of the inventory text.
    private static FlashRegions OfInventory(string path, Dictionary<string, string> files)
    {
        if (files.Count > 1)
        {
            throw CliException.WrongUsage("--image inventory beside other images", "inventory alone", "make one manifest for self-reported boards and another for boards that measure flash");
        }

        byte[] text = InputFile.ReadBytes(path, MaxInventoryBytes);
        return new FlashRegions([new FlashRegion(EvidenceProfile.Inventory, 0, (uint)text.Length, SHA256.HashData(text), text.Length)], []);
    }

    private static SignedCorim Sign(BuildManifest manifest, string keyPath, string outputPath)
    {
        using ECDsa key = KeyFiles.ReadPrivate(keyPath);
        byte[] file = CorimSigning.Run(() => BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), manifest.Issuer, manifest.ClassId.ToString("D"), key));
        OutputFile.Write(outputPath, file);
        return CorimFile.Decode(outputPath, file);
    }
}
