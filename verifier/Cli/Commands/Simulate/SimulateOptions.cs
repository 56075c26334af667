using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Cli.Simulation;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Images;
using IotAttest.Simulator;

namespace IotAttest.Cli.Commands.Simulate;

/// <summary>The options that say what the boards are.</summary>
internal sealed class SimulateOptions
{
    private const string DefaultMqtt = "127.0.0.1:1883";
    private const string Hmac = "hmac";
    private const string Es256 = "es256";

    private readonly Option<string?> _board = CommonOptions.OptionalPath("--board", "The board.json of the product model; without it and --image a built-in product is registered and its boards enrolled.");
    private readonly Option<Dictionary<string, string>> _images = ImageOption.Create();
    private readonly Option<string?> _organisation = new("--organisation") { Description = $"The manufacturer of the boards; needed with --enrol; {BuiltInProduct.DefaultOrganisation} for the built-in product." };
    private readonly Option<string?> _organisationAlias = new("--manifest-organisation") { Description = "An older name of --organisation.", Hidden = true };
    private readonly Option<string> _keyType = new Option<string>("--key-type") { Description = "Kind of the device keys.", DefaultValueFactory = _ => Hmac }.AcceptOnlyFromAmong(Hmac, Es256);
    private readonly Option<string> _strength = new Option<string>("--strength") { Description = "native: flash is measured; self-reported: an inventory.", DefaultValueFactory = _ => BoardEnrolmentTerms.Native }
        .AcceptOnlyFromAmong(BoardEnrolmentTerms.Native, BoardEnrolmentTerms.SelfReported);
    private readonly Option<string?> _native = new("--native") { Description = "Have the C++ core of firmware/Interop make the evidence; without FILE its library is looked for.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _freshness = new Option<string>("--freshness") { Description = "As enrolled.", DefaultValueFactory = _ => BoardEnrolmentTerms.Challenge }
        .AcceptOnlyFromAmong(BoardEnrolmentTerms.Challenge, BoardEnrolmentTerms.Epoch);
    private readonly Option<string> _mqtt = new("--mqtt") { Description = "Host and port of the verifier's MQTT, or of its broker.", HelpName = "HOST:PORT", DefaultValueFactory = _ => DefaultMqtt };
    private readonly Option<string?> _ca = CommonOptions.OptionalPath("--ca", "Connect with TLS; the server certificate must descend from the CA in this PEM file.");

    private SimulateOptions()
    {
    }

    public static SimulateOptions AddTo(Command command)
    {
        SimulateOptions options = new();
        options._images.Required = false;
        options._images.DefaultValueFactory = _ => [];
        foreach (Option option in new Option[] { options._board, options._images, options._organisation, options._organisationAlias, options._keyType, options._strength, options._native, options._freshness, options._mqtt, options._ca })
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>The built-in product; null when the options name another one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Where it keeps class and key.</param>
    public BuiltInProduct? ReadBuiltIn(ParseResult parsed, string folder)
    {
        if (parsed.GetValue(_board) is not null)
        {
            return null;
        }

        return parsed.GetRequiredValue(_images).Count == 0
            ? BuiltInProduct.Open(folder, OrganisationOf(parsed) ?? BuiltInProduct.DefaultOrganisation)
            : throw CliException.WrongUsage("--image without --board", "both, or none for the built-in product", "add: --board my-board.json");
    }

    /// <summary>What all boards share.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="builtIn">What <see cref="ReadBuiltIn"/> gave.</param>
    public SimulationPlan Read(ParseResult parsed, BuiltInProduct? builtIn)
    {
        string strength = parsed.GetRequiredValue(_strength);
        (string host, int port) = ParseMqtt(parsed.GetRequiredValue(_mqtt));
        (BoardDescription board, BoardEnrolmentTerms terms) = builtIn is null ? ReadProduct(parsed, strength) : (builtIn.Board, builtIn.Terms(strength, parsed.GetRequiredValue(_freshness)));
        return new SimulationPlan
        {
            Board = board,
            Files = strength == BoardEnrolmentTerms.SelfReported ? new Dictionary<string, ReadOnlyMemory<byte>>() : builtIn?.Files ?? ReadImages(board, parsed.GetRequiredValue(_images)),
            Inventory = builtIn?.Inventory,
            Terms = terms,
            KeyType = parsed.GetValue(_keyType) == Es256 ? BoardKeyType.P256 : BoardKeyType.Hmac,
            Host = host,
            Port = port,
            NativeLibrary = parsed.GetResult(_native) is null ? null : ReadNative(parsed, strength),
            Ca = parsed.GetValue(_ca) is { } ca ? ReadCa(ca) : null,
        };
    }

    private (BoardDescription Board, BoardEnrolmentTerms Terms) ReadProduct(ParseResult parsed, string strength)
    {
        string path = parsed.GetValue(_board)!;
        BoardDescription board = BoardFile.Read(path);
        Guid classId = board.Class ?? throw BoardFile.IsTemplate(path, "class");
        BoardOemId maker = board.OemId ?? throw BoardFile.IsTemplate(path, "oemid");
        long oemid = maker.Number ?? throw CliException.WrongUsage($"oemid {maker} in {path}", "a private enterprise number: simulated boards know no other kind", "use a board.json with a number");
        return (board, new BoardEnrolmentTerms(classId, oemid, strength, parsed.GetRequiredValue(_freshness), OrganisationOf(parsed) ?? ""));
    }

    private NativeBoardLibrary ReadNative(ParseResult parsed, string strength) => strength == BoardEnrolmentTerms.Native
        ? NativeBoards.Load(parsed.GetValue(_native), AppContext.BaseDirectory)
        : throw CliException.WrongUsage($"--native with --strength {strength}", "boards whose flash is measured", $"leave one of them out, or choose --strength {BoardEnrolmentTerms.Native}");

    private string? OrganisationOf(ParseResult parsed) => parsed.GetValue(_organisation) ?? parsed.GetValue(_organisationAlias);

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadImages(BoardDescription board, Dictionary<string, string> paths)
    {
        Dictionary<string, ReadOnlyMemory<byte>> files = paths.ToDictionary(
            file => file.Key, file => (ReadOnlyMemory<byte>)InputFile.ReadBytes(file.Value, (int)board.FlashSize), StringComparer.Ordinal);
        return RegionLayout.TryLayOut(board, files, out _, out ImageError? error)
            ? files
            : throw CliException.DoesNotHold($"{error.Seen} in {error.Field} of {error.Region}", error.Expected, error.Do);
    }

    private static (string Host, int Port) ParseMqtt(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? (text[..colon].Trim('[', ']'), port)
            : throw CliException.WrongUsage($"--mqtt {text}", "host and port", $"write it like {DefaultMqtt}");
    }

    private static X509Certificate2 ReadCa(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPem(InputFile.ReadText(path, 64 * 1024));
        }
        catch (CryptographicException)
        {
            throw CliException.WrongUsage($"no certificate in {path}", "PEM with the label CERTIFICATE", "pass the CA of the server certificate");
        }
    }
}
