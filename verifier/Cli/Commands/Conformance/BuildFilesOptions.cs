using System.CommandLine;
using System.Security.Cryptography;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Cli.Suites;
using IotAttest.Conformance;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary>The options that name the build under test, a newer and an older one: manifests, and the files that are flashed.</summary>
internal sealed class BuildFilesOptions
{
    private readonly Option<string?> _board = CommonOptions.OptionalPath("--board", "The board.json of the product model.");
    private readonly Option<Dictionary<string, string>> _images = Images("--image", "The file that is flashed into a measured region; once for each of them.");
    private readonly Option<Dictionary<string, string>> _newerImages = Images("--newer-image", "The same for the newer build (simulated boards).");
    private readonly Option<Dictionary<string, string>> _olderImages = Images("--older-image", "The same for the older build (simulated boards).");
    private readonly Option<string?> _manifest = CommonOptions.OptionalPath("--manifest", "The signed manifest of the build under test.");
    private readonly Option<string?> _newer = CommonOptions.OptionalPath("--newer", "The signed manifest of a newer build, for the module update.");
    private readonly Option<string?> _older = CommonOptions.OptionalPath("--older", "The signed manifest of an older build, for the module rollback.");
    private readonly Option<string?> _key = CommonOptions.OptionalPath("--manifest-key", "The maker's public key (PEM, JWK or JWK set).");
    private readonly Option<string?> _sbom = CommonOptions.OptionalPath("--sbom", "The bill of materials that the manifest binds.");

    public static BuildFilesOptions AddTo(Command command)
    {
        BuildFilesOptions options = new();
        foreach (Option option in new Option[] { options._board, options._images, options._newerImages, options._olderImages, options._manifest, options._newer, options._older, options._key, options._sbom })
        {
            command.Options.Add(option);
        }

        return options;
    }

    public bool NamesProduct(ParseResult parsed) => parsed.GetValue(_board) is not null;

    public bool NamesManifest(ParseResult parsed) => parsed.GetValue(_manifest) is not null;

    /// <summary>The subject with what the files say; whoever asks adds the target.</summary>
    public ConformanceSubject Read(CliContext context, ParseResult parsed, TargetKind kind) => new()
    {
        Kind = kind,
        Manifest = ReadManifest(parsed, _manifest),
        Newer = ReadManifest(parsed, _newer),
        Older = ReadManifest(parsed, _older),
        Sbom = ReadSbom(parsed),
        FlashedDigests = ReadDigests(parsed),
        Clock = context.Clock,
    };

    /// <summary>The product of a simulated board.</summary>
    public SuiteProduct ReadProduct(ParseResult parsed)
    {
        if (!NamesProduct(parsed))
        {
            return parsed.GetRequiredValue(_images).Count == 0 && !NamesManifest(parsed)
                ? SuiteProduct.BuiltIn()
                : throw CliException.WrongUsage("--image or --manifest without --board", "all three, or none for the built-in product", "add: --board my-board.json");
        }

        BoardDescription board = ReadBoard(parsed);
        SuiteBuild current = ReadBuild(parsed, board, _images, _manifest) ?? throw CliException.WrongUsage(
            "--board without --image and --manifest", "the files of the build under test and its manifest", "make the manifest with: iotattest build manifest; then add --image REGION=FILE for each region and --manifest FILE");
        return SuiteProduct.Of(
            board, current, ReadBuild(parsed, board, _newerImages, _newer), ReadBuild(parsed, board, _olderImages, _older), ReadSbom(parsed), ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    private static Option<Dictionary<string, string>> Images(string name, string description)
    {
        Option<Dictionary<string, string>> option = ImageOption.Create(name, description);
        option.Required = false;
        option.DefaultValueFactory = _ => [];
        return option;
    }

    private BoardDescription ReadBoard(ParseResult parsed)
    {
        string path = parsed.GetValue(_board)!;
        BoardDescription board = BoardFile.Read(path);
        _ = board.Class ?? throw BoardFile.IsTemplate(path, "class");
        _ = board.OemId?.Number ?? throw BoardFile.IsTemplate(path, "oemid that is a number");
        return board;
    }

    private SuiteBuild? ReadBuild(ParseResult parsed, BoardDescription board, Option<Dictionary<string, string>> images, Option<string?> manifest)
    {
        Dictionary<string, string> paths = parsed.GetRequiredValue(images);
        ManifestFile? file = ReadManifest(parsed, manifest);
        if (paths.Count == 0 && file is null)
        {
            return null;
        }

        if (paths.Count == 0 || file is null)
        {
            throw CliException.WrongUsage($"{images.Name} or {manifest.Name} alone", "both: a simulated board is flashed, and its evidence compared", $"add the other one of {images.Name} and {manifest.Name}");
        }

        Dictionary<string, ReadOnlyMemory<byte>> files = ReadImages(board, paths);
        _ = FlashedDigests.Of(board, files);
        return new SuiteBuild(files, file);
    }

    private Dictionary<string, string> ReadDigests(ParseResult parsed)
    {
        Dictionary<string, string> paths = parsed.GetRequiredValue(_images);
        if (paths.Count == 0)
        {
            return [];
        }

        return NamesProduct(parsed)
            ? FlashedDigests.Of(ReadBoard(parsed), ReadImages(ReadBoard(parsed), paths))
            : throw CliException.WrongUsage("--image without --board", "both: the board says how a file lies in its region", "add: --board my-board.json");
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadImages(BoardDescription board, Dictionary<string, string> paths) =>
        paths.ToDictionary(file => file.Key, file => (ReadOnlyMemory<byte>)InputFile.ReadBytes(file.Value, (int)board.FlashSize), StringComparer.Ordinal);

    private ManifestFile? ReadManifest(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        byte[] bytes = InputFile.ReadBytes(path, CorimProfile.MaxFileBytes);
        return ManifestFile.Read(bytes, parsed.GetValue(_key) is { } key ? KeyFor(bytes, key) : null);
    }

    // A set of keys may hold the right one; a file that cannot be read names none.
    private static ECDsa KeyFor(byte[] manifest, string path)
    {
        using CheckKeys keys = CheckKeys.Read(path);
        ECDsa? found = SignedCorim.TryDecode(manifest, out SignedCorim? signed, out _) ? keys.Find(signed.Kid) : null;
        found ??= keys.PublicKeys.Count > 0 ? keys.PublicKeys[0] : throw CliException.WrongUsage($"no P-256 public key in {path}", "the maker's public key", "pass k.pub.pem");
        return EcdsaP256.TryFromSpki(found.ExportSubjectPublicKeyInfo())!;
    }

    // Without the cast null would become memory of no bytes.
    private ReadOnlyMemory<byte>? ReadSbom(ParseResult parsed) => parsed.GetValue(_sbom) is { } path ? SbomFile.Read(path).Bytes : (ReadOnlyMemory<byte>?)null;
}
