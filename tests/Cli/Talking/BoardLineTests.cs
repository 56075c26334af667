using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>docs/protocol.md section 9: what <c>device provision --board-lines</c> writes for the boards' provisioning firmware.</summary>
public sealed class BoardLineTests : IDisposable
{
    private const int RequestBytes = 161;
    private const int CheckAt = 153;

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("hmac", "k", 1)]
    [InlineData("es256", "d", 2)]
    public async Task A_line_holds_what_the_secrets_hold_and_only_its_owner_reads_it(string keyType, string member, int algorithm)
    {
        CommandResult result = (await ProvisionAsync("--key-type", keyType, "--board-lines", "@boards.txt", "--hardware-version", "rev C")).Ended(0);

        Assert.Contains("boards.txt", result.Out, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("boards.txt")));
        string[] lines = File.ReadAllLines(_line.PathOf("boards.txt"));
        JsonElement[] secrets = [.. File.ReadAllLines(_line.PathOf("line.secrets.jsonl")).Select(line => JsonElement.Parse(line))];
        Assert.Equal(2, lines.Length);
        foreach ((string line, JsonElement secret) in lines.Zip(secrets))
        {
            byte[] request = Decode(line);
            Assert.Equal(Text(secret, "ueid"), Convert.ToHexStringLower(request[8..25]));
            Assert.Equal(Guid.Parse(Text(secret, "class")), new Guid(request.AsSpan(25, 16), bigEndian: true));
            Assert.Equal("00007ed9000000000000000000000000", Convert.ToHexStringLower(request[41..57]));
            Assert.Equal("rev C".PadRight(64, '\0'), Encoding.ASCII.GetString(request[57..121]));
            Assert.Equal(Base64Url.DecodeFromChars(Text(secret.GetProperty("key"), member)), request[121..CheckAt]);
            Assert.Equal([(byte)'I', (byte)'A', (byte)'P', (byte)'1', 0, (byte)algorithm, 0, 0], request[..8]);
        }
    }

    [Fact]
    public async Task A_random_oemid_stands_in_the_line()
    {
        const string OemId = "00112233445566778899aabbccddeeff";
        await MakeBoardAsync();
        string board = File.ReadAllText(_line.PathOf("my-board.json"));
        _line.Write("my-board.json", board.Replace("32473", $"\"{OemId}\"", StringComparison.Ordinal));

        (await ProvisionAsync("--board-lines", "@boards.txt")).Ended(0);

        byte[] request = Decode(File.ReadAllLines(_line.PathOf("boards.txt"))[0]);
        Assert.Equal(1, request[6]);
        Assert.Equal(OemId, Convert.ToHexStringLower(request[41..57]));
    }

    [Fact]
    public async Task Nobody_gets_board_lines_who_did_not_ask()
    {
        CommandResult result = (await ProvisionAsync("--json")).Ended(0);

        Assert.Equal(["boards", "continuedFrom", "boardsPerSecond", "records", "secrets"], JsonElement.Parse(result.Out).EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, Directory.GetFiles(_line.Folder).Length);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 2)]
    public async Task A_hardware_version_has_at_most_64_characters(int length, int exitCode) =>
        (await ProvisionAsync("--board-lines", "@boards.txt", "--hardware-version", new string('v', length))).Ended(exitCode);

    [Theory]
    [InlineData("--hardware-version without", "--hardware-version", "rev C")]
    [InlineData("printable ASCII", "--board-lines", "@boards.txt", "--hardware-version", "r\u00e9v")]
    [InlineData("printable ASCII", "--board-lines", "@boards.txt", "--hardware-version", "a\tb")]
    [InlineData("--strength self-reported", "--board-lines", "@boards.txt", "--strength", "self-reported")]
    [InlineData("one file named twice", "--board-lines", "@line.jsonl")]
    [InlineData("which exists", "--board-lines", "@my-board.json")]
    public async Task What_cannot_be_is_refused_before_anything_is_made(string seen, params string[] words)
    {
        CommandResult result = (await ProvisionAsync(words)).Ended(2);

        Assert.Contains(seen, result.Error, StringComparison.Ordinal);
        Assert.Equal([_line.PathOf("my-board.json")], Directory.GetFiles(_line.Folder));
    }

    private static byte[] Decode(string line)
    {
        Assert.StartsWith("provision ", line, StringComparison.Ordinal);
        byte[] request = Convert.FromHexString(line["provision ".Length..]);
        Assert.Equal(line, $"provision {Convert.ToHexStringLower(request)}");
        Assert.Equal(RequestBytes, request.Length);
        Assert.Equal(SHA256.HashData(request[..CheckAt])[..8], request[CheckAt..]);
        return request;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<CommandResult> ProvisionAsync(params string[] more)
    {
        if (!File.Exists(_line.PathOf("my-board.json")))
        {
            await MakeBoardAsync();
        }

        return await _line.RunAsync(["device", "provision", "--count", "2", "--board", "@my-board.json", "--organisation", "acme", "--out", "@line.jsonl", .. more]);
    }

    private async Task MakeBoardAsync() =>
        (await _line.RunAsync("board", "new-class", "--board", ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json"), "--oemid", "32473", "--out", "@my-board.json")).Ended(0);
}
