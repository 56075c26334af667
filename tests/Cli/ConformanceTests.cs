using System.Diagnostics;
using System.Text.Json;
using IotAttest.Cli.Simulation;
using IotAttest.Cli.Tests.Talking;
using IotAttest.Conformance;
using IotAttest.Domain.Corim;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Cli.Tests;

/// <summary>The command <c>conformance</c> against each kind of target.</summary>
public sealed class ConformanceTests : IDisposable
{
    private const string Sbom = """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}""";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_simulated_board_passes_and_the_reports_say_so()
    {
        CommandResult result = (await _line.RunAsync("conformance", "--target", "simulated", "--out", "@r.json", "--report", "@r.html")).Ended(0);

        byte[] json = File.ReadAllBytes(_line.PathOf("r.json"));
        Assert.True(ReportSummary.TryRead(json, out ReportSummary? summary, out string? error), error);
        Assert.Equal(("simulated", 0), (summary.TargetKind, summary.Fail));
        Assert.EndsWith($"{summary.Pass} passed, 0 failed, {summary.NotApplicable} not applicable; report {Sha256Digest.Of(json)}{Environment.NewLine}", result.Out, StringComparison.Ordinal);
        Assert.Contains(Sha256Digest.Of(json).ToString(), File.ReadAllText(_line.PathOf("r.html")), StringComparison.Ordinal);
        Assert.Contains("PASS            tamper.clr ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_modules_alone_run_and_json_goes_to_standard_output()
    {
        CommandResult result = (await _line.RunAsync("conformance", "--target", "simulated", "--key-type", "hmac", "--module", "key", "--json", "--report", "@r.md")).Ended(0);

        Assert.Equal("key", result.Json.GetProperty("modules").EnumerateArray().Single().GetProperty("id").GetString());
        Assert.StartsWith("# Conformance report", File.ReadAllText(_line.PathOf("r.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_of_the_makers_own_is_flashed_into_a_simulated_board()
    {
        string[] images = await MakeBuildAsync();

        CommandResult result = (await _line.RunAsync([
            "conformance", "--target", "simulated", "--board", "@my-board.json", .. images, "--manifest", "@b.corim", "--manifest-key", "@acme.pub.pem", "--sbom", "@bom.json", "--module", "manifest", "--module", "tamper", "--json"])).Ended(0);

        Assert.Equal(0, result.Json.GetProperty("summary").GetProperty("fail").GetInt32());
        Assert.Equal(Sha256Digest.Of(File.ReadAllBytes(_line.PathOf("b.corim"))).ToString(), result.Json.GetProperty("target").GetProperty("manifestDigest").GetString());
    }

    [Fact]
    public async Task A_manifest_alone_is_checked_and_a_changed_file_or_another_key_ends_with_1()
    {
        string[] images = await MakeBuildAsync(ProductFiles.Stm32);
        string[] words = ["conformance", "--target", "manifest", "--manifest", "@b.corim", "--board", "@my-board.json", .. images, "--sbom", "@bom.json"];

        (await _line.RunAsync([.. words, "--manifest-key", "@acme.pub.pem"])).Ended(0);
        CommandResult other = (await _line.RunAsync([.. words, "--manifest-key", "@body.pub.pem"])).Ended(1);
        File.WriteAllBytes(_line.PathOf("clr.bin"), [.. File.ReadAllBytes(_line.PathOf("clr.bin")).Select((value, index) => index == 5000 ? (byte)(value ^ 1) : value)]);
        CommandResult changed = (await _line.RunAsync([.. words, "--manifest-key", "@acme.pub.pem"])).Ended(1);

        Assert.Contains("FAIL            manifest.signature", other.Out, StringComparison.Ordinal);
        Assert.Contains("FAIL            manifest.digests", changed.Out, StringComparison.Ordinal);
        Assert.Contains("seen other digests in clr; expected", changed.Out, StringComparison.Ordinal);
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_board_behind_mosquitto_is_asked_through_the_broker()
    {
        using BrokeredBoard board = await BrokeredBoard.StartAsync(_line);

        CommandResult result = (await _line.RunAsync(
            "conformance", "--target", "mqtt", "--mqtt", $"127.0.0.1:{board.Port}", "--device", "@record.json", "--assume", "skip", "--quiet-time", "1s", "--module", "evidence", "--module", "key", "--json")).Ended(0);

        Dictionary<string, string> outcomes = Outcomes(result.Json);
        Assert.Equal(("pass", "pass", "pass"), (outcomes["evidence.answers"], outcomes["evidence.garbage"], outcomes["key.authentic"]));
        Assert.Equal("not-applicable", outcomes["evidence.boot-count"]);
        Assert.Equal(board.Identity.UeidHex, result.Json.GetProperty("target").GetProperty("ueid").GetString());
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_person_is_asked_and_may_leave_a_step_out()
    {
        using BrokeredBoard board = await BrokeredBoard.StartAsync(_line);
        _line.Input = "s\n"u8.ToArray();

        CommandResult result = (await _line.RunAsync(
            "conformance", "--target", "mqtt", "--mqtt", $"127.0.0.1:{board.Port}", "--device", "@record.json", "--quiet-time", "1s", "--module", "evidence", "--module", "decommissioning")).Ended(0);

        Assert.Contains("PLEASE: Restart the board", result.Error, StringComparison.Ordinal);
        Assert.Contains("left out by the person at the board", result.Out, StringComparison.Ordinal);
        Assert.Contains("nobody is there to answer", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_connects_to_the_tool_itself()
    {
        int port = FreePort.Next();
        using BrokeredBoard board = BrokeredBoard.Start(_line, port);

        CommandResult result = (await _line.RunAsync(
            "conformance", "--target", "mqtt", "--listen", $"127.0.0.1:{port}", "--device", "@record.json", "--assume", "skip", "--quiet-time", "1s", "--module", "evidence", "--json")).Ended(0);

        Assert.Equal("pass", Outcomes(result.Json)["evidence.answers"]);
    }

    [Fact]
    public async Task Evidence_in_files_is_checked_without_its_board()
    {
        string evidence = Path.Combine(SharedData.Repository, "tests", "vectors", "evidence");
        string file = Directory.EnumerateFiles(evidence, "*.cbor").Order(StringComparer.Ordinal).First(path => Domain.Evidence.EvidenceCheck.Decode(File.ReadAllBytes(path), out _, out _) is null);

        CommandResult good = await _line.RunAsync("conformance", "--target", "evidence", "--evidence", file, "--module", "evidence", "--json");
        CommandResult bad = (await _line.RunAsync("conformance", "--target", "evidence", "--evidence", _line.Write("bad.cbor", "no evidence"), "--module", "evidence", "--json")).Ended(1);

        good.Ended(0);
        Assert.Equal("pass", Outcomes(good.Json)["evidence.deterministic"]);
        Assert.Equal("fail", Outcomes(bad.Json)["evidence.claims"]);
    }

    [Theory]
    [InlineData("no --target", "conformance")]
    [InlineData("--report r.txt", "conformance", "--target", "simulated", "--report", "r.txt")]
    [InlineData("--target manifest without --manifest", "conformance", "--target", "manifest")]
    [InlineData("--target mqtt without --device", "conformance", "--target", "mqtt", "--mqtt", "127.0.0.1:1")]
    [InlineData("0 files and 0 challenges", "conformance", "--target", "evidence")]
    [InlineData("Argument 'x' not recognized", "conformance", "--target", "simulated", "--module", "x")]
    public async Task A_wrong_line_is_2_and_says_what_is_missing(string seen, params string[] words) =>
        Assert.Contains(seen, (await _line.RunAsync(words)).Ended(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task No_broker_is_a_fault_and_listening_for_others_is_switched_on_by_name()
    {
        WriteRecord(_line, BoardIdentity.Create(BoardKeyType.Hmac));

        (await _line.RunAsync("conformance", "--target", "mqtt", "--mqtt", $"127.0.0.1:{FreePort.Next()}", "--device", "@record.json")).Ended(3);
        CommandResult open = (await _line.RunAsync("conformance", "--target", "mqtt", "--listen", "0.0.0.0:1883", "--device", "@record.json")).Ended(2);

        Assert.Contains("--plain-elsewhere", open.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modules_that_say_nothing_of_the_target_are_no_success()
    {
        await MakeBuildAsync();

        CommandResult result = (await _line.RunAsync("conformance", "--target", "manifest", "--manifest", "@b.corim", "--module", "silence")).Ended(2);

        Assert.Contains("no check that applies to this target", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_attached_as_it_is()
    {
        await MakeBuildAsync();
        (await _line.RunAsync("conformance", "--target", "manifest", "--manifest", "@b.corim", "--module", "manifest", "--out", "@r.json")).Ended(0);
        using StubVerifier stub = new(_ => (201, """{"digest":"sha256:00","attachedBy":"lab","role":"laboratory"}"""));

        CommandResult result = (await _line.RunAsync("conformance", "attach", "--build", "11111111-2222-8333-8444-555555555555", "@r.json", "--server", stub.Url, "--token", "t")).Ended(0);
        CommandResult refused = (await _line.RunAsync("conformance", "attach", "--build", "11111111-2222-8333-8444-555555555555", "@b.corim", "--server", stub.Url, "--token", "t")).Ended(1);

        StubRequest request = Assert.Single(stub.Requests);
        Assert.Equal("POST /v1/builds/11111111-2222-8333-8444-555555555555/reports", request.Line);
        Assert.Equal(File.ReadAllBytes(_line.PathOf("r.json")), request.Body);
        Assert.Contains("laboratory", result.Out, StringComparison.Ordinal);
        Assert.Contains("expected a conformance report as JSON", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> MakeBuildAsync(string board = ProductFiles.Esp32)
    {
        await ProductFiles.MakeAsync(_line, board);
        _line.Write("bom.json", Sbom);
        (await _line.RunAsync(ProductFiles.ManifestLine(board: board, more: ["--sbom", "@bom.json"]))).Ended(0);
        string[] partitions = board == ProductFiles.Esp32 ? ["--image", "partitions=@table.bin"] : [];
        return ["--image", "bootloader=@boot.bin", "--image", "clr=@clr.bin", "--image", "deployment=@deploy.bin", .. partitions];
    }

    private static Dictionary<string, string> Outcomes(JsonElement report) => report.GetProperty("modules").EnumerateArray()
        .SelectMany(module => module.GetProperty("checks").EnumerateArray())
        .ToDictionary(check => check.GetProperty("id").GetString()!, check => check.GetProperty("outcome").GetString()!);

    private static void WriteRecord(CommandLine line, BoardIdentity identity) =>
        line.Write("record.json", BoardEnrolment.RecordOf(identity, new BoardEnrolmentTerms(BrokeredBoard.ClassId, 32473, "native", "challenge", "acme")));

    /// <summary>A simulated board that stays connected to a port, and its record.</summary>
    private sealed class BrokeredBoard : IDisposable
    {
        public static readonly Guid ClassId = Guid.NewGuid();

        private readonly Process? _broker;
        private readonly FlashImage _image;
        private readonly SimulatedBoard _board;

        private BrokeredBoard(CommandLine line, int port, Process? broker)
        {
            _broker = broker;
            Port = port;
            Identity = BoardIdentity.Create(BoardKeyType.P256);
            WriteRecord(line, Identity);
            _image = FlashImage.Create(line.PathOf("flash"), 8192, [(0L, new byte[] { 1, 2, 3 })]);
            string folder = Directory.CreateDirectory(line.PathOf("board")).FullName;
            _board = new SimulatedBoard(new SimulatedBoardOptions
            {
                DataFolder = folder,
                Identity = Identity,
                ClassId = ClassId,
                OemId = 32473,
                Flash = new SimulatedFlash(_image, [new FlashRegion("clr", 0, 4096), new FlashRegion("deployment", 4096, 4096)], Path.Combine(folder, "pages")),
                Port = port,
                BackOffMin = TimeSpan.FromMilliseconds(50),
                BackOffMax = TimeSpan.FromMilliseconds(200),
            });
            _board.Start();
        }

        public int Port { get; }

        public BoardIdentity Identity { get; }

        public static BrokeredBoard Start(CommandLine line, int port) => new(line, port, null);

        public static async Task<BrokeredBoard> StartAsync(CommandLine line)
        {
            int port = FreePort.Next();
            string configuration = line.Write("mosquitto.conf", $"listener {port} 127.0.0.1\npersistence false\nlog_type error\nallow_anonymous true\n");
            Process broker = Process.Start(new ProcessStartInfo(Tools.Find("mosquitto")!, ["-c", configuration]) { RedirectStandardError = true })!;
            BrokeredBoard board = new(line, port, broker);
            await board.AwaitAsync();
            return board;
        }

        public void Dispose()
        {
            _board.Dispose();
            _image.Dispose();
            _broker?.Kill();
            _broker?.WaitForExit();
            _broker?.Dispose();
        }

        private async Task AwaitAsync()
        {
            long start = Stopwatch.GetTimestamp();
            while (_board.Status != Agent.AgentStatus.WaitingForChallenge)
            {
                Assert.True(Stopwatch.GetElapsedTime(start) < Patience.Long, $"the board is {_board.Status}");
                await Task.Delay(20);
            }
        }
    }
}
