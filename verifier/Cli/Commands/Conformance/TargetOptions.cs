using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Cli.Simulation;
using IotAttest.Cli.Suites;
using IotAttest.Conformance;
using IotAttest.Simulator;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary>The options that say what is tested.</summary>
internal sealed class TargetOptions
{
    private const string Simulated = "simulated";
    private const string Mqtt = "mqtt";
    private const string Manifest = "manifest";
    private const string Evidence = "evidence";
    private const string Es256 = "es256";
    private const string Hmac = "hmac";

    private readonly Option<string?> _target = new Option<string?>("--target") { Description = "A simulated board, a real one over MQTT, the manifest alone, or evidence in files." }
        .AcceptOnlyFromAmong(Simulated, Mqtt, Manifest, Evidence);

    private readonly Option<string> _keyType = new Option<string>("--key-type") { Description = "Kind of the simulated board's key.", DefaultValueFactory = _ => Es256 }.AcceptOnlyFromAmong(Hmac, Es256);
    private readonly Option<string?> _native = new("--native") { Description = "Have the C++ core of firmware/Interop make the simulated board's evidence; without FILE its library is looked for.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _device = CommonOptions.OptionalPath("--device", "The enrolment record of the board: UEID, class, maker, key.");
    private readonly Option<string?> _others = CommonOptions.OptionalPath("--other-device", "Enrolment records of other boards, one a line: none may have this board's key.");
    private readonly Option<string[]> _evidence = new("--evidence") { Description = "A file with evidence; may stand several times, in the order in which the board made it.", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _challenges = new("--challenge") { Description = "What a file of evidence answers, as 64 hex digits; none, or one for each file.", HelpName = "HEX", DefaultValueFactory = _ => [] };
    private readonly BuildFilesOptions _builds;
    private readonly MqttTargetOptions _mqtt;

    private TargetOptions(Command command)
    {
        foreach (Option option in new Option[] { _target, _keyType, _native, _device, _others, _evidence, _challenges })
        {
            command.Options.Add(option);
        }

        _builds = BuildFilesOptions.AddTo(command);
        _mqtt = MqttTargetOptions.AddTo(command);
    }

    public static TargetOptions AddTo(Command command) => new(command);

    public async Task<OpenTarget> OpenAsync(CliContext context, ParseResult parsed, CancellationToken cancellation) => parsed.GetValue(_target) switch
    {
        Simulated => await OpenSimulatedAsync(context, parsed, cancellation),
        Mqtt => await OpenBoardAsync(context, parsed, cancellation),
        Manifest => OpenManifest(context, parsed),
        Evidence => new OpenTarget(ReadEvidence(context, parsed)),
        _ => throw CliException.WrongUsage("no --target", "simulated, mqtt, manifest or evidence", "start with: iotattest conformance --target simulated"),
    };

    private async Task<OpenTarget> OpenSimulatedAsync(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        SuiteProduct product = _builds.ReadProduct(parsed);
        NativeBoardLibrary? native = parsed.GetResult(_native) is null ? null : NativeBoards.Load(parsed.GetValue(_native), AppContext.BaseDirectory);
        SimulationFolder folder = SimulationFolder.Open(null);
        BoardIdentity identity = BoardIdentity.Create(parsed.GetValue(_keyType) == Hmac ? BoardKeyType.Hmac : BoardKeyType.P256);
        SimulatedBench bench = await SimulatedBench.StartAsync(product, identity, native, folder.Path, context.Clock, cancellation);
        return new OpenTarget(bench.Subject, product, folder, bench);
    }

    private async Task<OpenTarget> OpenBoardAsync(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        ConformanceSubject subject = WithDevice(parsed, _builds.Read(context, parsed, TargetKind.Mqtt));
        if (subject.Device is null)
        {
            throw CliException.WrongUsage("--target mqtt without --device", "the enrolment record of the board", "add: --device record.json");
        }

        IBoardLink link = await _mqtt.ConnectAsync(context, parsed, subject.Device.Ueid, subject.Credential, cancellation);
        return new OpenTarget(subject with { Link = link, Control = _mqtt.ControlOf(context, parsed), Times = _mqtt.TimesOf(parsed) }, link);
    }

    private OpenTarget OpenManifest(CliContext context, ParseResult parsed) => _builds.NamesManifest(parsed)
        ? new OpenTarget(WithDevice(parsed, _builds.Read(context, parsed, TargetKind.Manifest)))
        : throw CliException.WrongUsage("--target manifest without --manifest", "the file of a manifest", "add: --manifest b.corim --manifest-key k.pub.pem");

    private ConformanceSubject ReadEvidence(CliContext context, ParseResult parsed)
    {
        string[] files = parsed.GetRequiredValue(_evidence);
        string[] challenges = parsed.GetRequiredValue(_challenges);
        if (files.Length == 0 || (challenges.Length > 0 && challenges.Length != files.Length))
        {
            throw CliException.WrongUsage($"{files.Length} files and {challenges.Length} challenges", "at least one file, and no challenge or one for each", "add: --evidence e.cbor");
        }

        return WithDevice(parsed, _builds.Read(context, parsed, TargetKind.Evidence)) with
        {
            Evidence = [.. files.Select((path, index) => new EvidenceSample(
                Path.GetFileName(path), InputFile.ReadBytes(path, ConformanceReport.MaxBytes), challenges.Length == 0 ? null : ChallengeOf(challenges[index])))],
        };
    }

    private ConformanceSubject WithDevice(ParseResult parsed, ConformanceSubject subject)
    {
        EnrolledBoard? board = parsed.GetValue(_device) is { } path ? EnrolledBoard.Read(path) : null;
        EnrolledBoard[] others = parsed.GetValue(_others) is { } otherPath ? EnrolledBoard.ReadAll(otherPath) : [];
        return subject with
        {
            Device = board?.Identity,
            Key = board?.Key,
            Credential = board?.Credential,
            OtherKeys = [.. others.Where(other => other.Identity.Ueid != board?.Identity.Ueid).Select(other => other.Key)],
        };
    }

    private static byte[] ChallengeOf(string hex) => hex.Length == 64 && hex.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(hex)
        : throw CliException.WrongUsage($"--challenge {hex}", "64 hex digits", "write the 32 bytes of the challenge in hex");
}
