using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Tests.Talking;

public sealed class DeviceLineTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("hmac")]
    [InlineData("es256")]
    public async Task A_factory_line_writes_records_and_secrets_for_its_owner_alone(string keyType)
    {
        await ProvisionAsync("3", "--key-type", keyType);

        JsonElement[] records = Lines("line.jsonl");
        JsonElement[] secrets = Lines("line.secrets.jsonl");
        Assert.Equal(3, records.Select(record => Text(record, "ueid")).Distinct().Count());
        Assert.Equal(records.Select(record => Text(record, "ueid")), secrets.Select(secret => Text(secret, "ueid")));
        Assert.Equal(records.Select(record => Text(record, "credential")), secrets.Select(secret => Text(secret, "credential")));
        Assert.All(records, record => Assert.Equal(
            ["ueid", "oemid", "class", "key", "credential", "evidenceStrength", "freshness", "organisation"], record.EnumerateObject().Select(member => member.Name)));
        foreach (string file in (string[])["line.jsonl", "line.secrets.jsonl"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf(file)));
        }
    }

    [Fact]
    public async Task A_private_key_is_in_the_secrets_and_never_in_a_record()
    {
        await ProvisionAsync("2", "--key-type", "es256");

        JsonElement record = Lines("line.jsonl")[1].GetProperty("key");
        JsonElement secret = Lines("line.secrets.jsonl")[1];
        Assert.Equal(["kty", "crv", "x", "y"], record.EnumerateObject().Select(member => member.Name));
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(Text(secret.GetProperty("key"), "d")) });
        Assert.Equal(Kid.OfKey(key).ToString(), Text(secret, "kid"));
        Assert.Equal(Text(record, "x"), Base64Url.EncodeToString(key.ExportParameters(false).Q.X));
    }

    [Theory]
    [InlineData("ST_STM32F769I_DISCOVERY", 2)]
    [InlineData("ESP32_REV3", 2)]
    [InlineData("ESP32_C6_THREAD", 0)]
    [InlineData("ESP32_C61", 0)]
    public async Task Hardware_rooted_is_for_boards_with_a_key_in_hardware_and_secure_boot(string board, int exitCode)
    {
        await ProductFiles.MakeAsync(_line, board);

        CommandResult result = await _line.RunAsync(
            "device", "provision", "--count", "1", "--board", "@my-board.json", "--organisation", "acme", "--strength", "hardware-rooted", "--out", "@line.jsonl");

        result.Ended(exitCode);
        Assert.Equal(exitCode != 0, result.Error.Contains("native at most", StringComparison.Ordinal));
        Assert.Equal(exitCode == 0, File.Exists(_line.PathOf("line.jsonl")));
    }

    [Theory]
    [InlineData("0", 2)]
    [InlineData("1", 0)]
    [InlineData("10000001", 2)]
    public async Task A_count_is_at_least_one_and_bounded(string count, int exitCode) => (await TryProvisionAsync(count)).Ended(exitCode);

    [Fact]
    public async Task Records_that_exist_are_not_lost()
    {
        await ProvisionAsync("1");
        string before = File.ReadAllText(_line.PathOf("line.jsonl"));

        (await TryProvisionAsync("1")).Ended(2);

        Assert.Equal(before, File.ReadAllText(_line.PathOf("line.jsonl")));
    }

    [Fact]
    public async Task A_template_cannot_be_provisioned()
    {
        CommandResult result = (await _line.RunAsync(
            "device", "provision", "--count", "1", "--board", ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json"), "--organisation", "acme", "--out", "@line.jsonl")).Ended(2);

        Assert.Contains("board new-class", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_enrolled_in_requests_of_2000_and_refusals_are_named_by_their_line_in_the_file()
    {
        await ProvisionAsync("2001");
        using StubVerifier verifier = new(request => (200, Replies(request)));

        CommandResult result = (await _line.RunAsync("device", "enrol", "@line.jsonl", "--server", verifier.Url)).Ended(1);

        Assert.Equal(2, verifier.Requests.Count);
        Assert.Equal("application/x-ndjson", verifier.Requests[0].ContentType);
        Assert.Contains("1999 enrolled, 0 were enrolled before, 2 refused", result.Out, StringComparison.Ordinal);
        Assert.Contains("line 1: 409: seen another key; expected the first; rekey it", result.Error, StringComparison.Ordinal);
        Assert.Contains("line 2001: 409", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_json_lines()
    {
        using StubVerifier verifier = new(_ => (200, """{"line":1,"status":200,"ueid":"01"}""" + "\n"));
        _line.Input = "{}\n"u8.ToArray();

        CommandResult result = (await _line.RunAsync("device", "enrol", "-", "--server", verifier.Url)).Ended(0);

        Assert.Contains("0 enrolled, 1 were enrolled before, 0 refused", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_file_is_one_record()
    {
        using StubVerifier verifier = new(_ => (201, """{"ueid":"01","kid":"aa","credential":"once"}"""));

        CommandResult result = (await _line.RunAsync("device", "enrol", _line.Write("one.json", "{\n}"), "--server", verifier.Url)).Ended(0);

        Assert.Equal("application/json", Assert.Single(verifier.Requests).ContentType);
        Assert.Contains("once", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n")]
    [InlineData("{}\n")]
    public async Task Replies_that_do_not_fit_are_a_fault(string replies)
    {
        using StubVerifier verifier = new(_ => (200, replies));

        (await _line.RunAsync("device", "enrol", _line.Write("l.jsonl", "{}\n"), "--server", verifier.Url)).Ended(3);
    }

    // The first record of each request is refused.
    private static string Replies(StubRequest request) => string.Concat(Enumerable.Range(1, request.Text.Count(character => character == '\n')).Select(number => number == 1
        ? """{"line":1,"status":409,"seen":"another key","expected":"the first","do":"rekey it"}""" + "\n"
        : $$"""{"line":{{number}},"status":201,"ueid":"01"}""" + "\n"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private JsonElement[] Lines(string name) => [.. File.ReadAllLines(_line.PathOf(name)).Select(line => JsonElement.Parse(line))];

    private async Task ProvisionAsync(string count, params string[] more) => (await TryProvisionAsync(count, more)).Ended(0);

    private async Task<CommandResult> TryProvisionAsync(string count, params string[] more)
    {
        if (!File.Exists(_line.PathOf("my-board.json")))
        {
            (await _line.RunAsync("board", "new-class", "--board", ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json"), "--oemid", "32473", "--out", "@my-board.json")).Ended(0);
        }

        return await _line.RunAsync(["device", "provision", "--count", count, "--board", "@my-board.json", "--organisation", "acme", "--out", "@line.jsonl", .. more]);
    }
}
