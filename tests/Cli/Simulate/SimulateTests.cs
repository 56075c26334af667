using IotAttest.Cli.Tests.Hosting;

namespace IotAttest.Cli.Tests.Simulate;

public sealed class SimulateTests
{
    private static readonly string[] Images = ["--image", "bootloader=boot.bin", "--image", "clr=clr.bin", "--image", "deployment=deploy.bin"];

    [Theory]
    [InlineData("hmac")]
    [InlineData("es256")]
    public async Task Boards_that_it_enrols_get_verdicts_and_the_tampered_one_another(string keyType)
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        using ChildProcess boards = ChildProcess.Start(
            line.Folder,
            ["simulate", "--count", "3", "--enrol", "--organisation", "acme", "--key-type", keyType, "--tamper", "1", .. Server(verifier), "--board", "my-board.json", "--mqtt", verifier.Mqtt, .. Images]);

        await boards.LineAsync(text => text.StartsWith("last result heard: 3 PendingCoverage", StringComparison.Ordinal));
        await boards.LineAsync(text => text.StartsWith("last result heard: 1 Compromised, 2 PendingCoverage", StringComparison.Ordinal));

        Assert.Equal(0, await boards.TerminateAsync());
        Assert.Contains(boards.Output, text => text.StartsWith("3 boards, 3 with a result", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("es256")]
    public async Task Boards_that_a_factory_provisioned_run_from_its_secrets_file(string keyType)
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        (await line.RunAsync("device", "provision", "--count", "2", "--board", "@my-board.json", "--organisation", "acme", "--key-type", keyType, "--out", "@line.jsonl")).Ended(0);
        (await line.RunAsync(["device", "enrol", "@line.jsonl", .. Server(verifier)])).Ended(0);
        using ChildProcess boards = ChildProcess.Start(line.Folder, ["simulate", "--identities", "line.secrets.jsonl", "--board", "my-board.json", "--mqtt", verifier.Mqtt, .. Images]);

        await boards.LineAsync(text => text.StartsWith("last result heard: 2 PendingCoverage", StringComparison.Ordinal));

        Assert.Equal(0, await boards.TerminateAsync());
    }

    [Fact]
    public async Task Provisioned_boards_run_again_as_themselves_with_their_data_and_without_it_the_command_warns()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        (await line.RunAsync("device", "provision", "--count", "2", "--board", "@my-board.json", "--organisation", "acme", "--out", "@line.jsonl")).Ended(0);
        (await line.RunAsync(["device", "enrol", "@line.jsonl", .. Server(verifier)])).Ended(0);
        for (int run = 0; run < 2; run++)
        {
            using ChildProcess boards = ChildProcess.Start(line.Folder, ["simulate", "--identities", "line.secrets.jsonl", "--board", "my-board.json", "--mqtt", verifier.Mqtt, "--data", "boards", .. Images]);
            await boards.LineAsync(text => text.StartsWith("last result heard: 2 PendingCoverage", StringComparison.Ordinal));
            Assert.Equal(0, await boards.TerminateAsync());
            Assert.DoesNotContain(boards.Errors, text => text.Contains("--data DIR", StringComparison.Ordinal));
        }

        using ChildProcess forgetful = ChildProcess.Start(line.Folder, ["simulate", "--identities", "line.secrets.jsonl", "--board", "my-board.json", "--mqtt", verifier.Mqtt, .. Images]);
        await forgetful.LineAsync(text => text.StartsWith("last result heard: 2 Compromised", StringComparison.Ordinal));
        Assert.Equal(0, await forgetful.TerminateAsync());
        Assert.Contains(forgetful.Errors, text => text.Contains("--data DIR", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Boards_that_nobody_enrolled_are_counted_as_refused()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        using ChildProcess boards = ChildProcess.Start(line.Folder, ["simulate", "--count", "2", "--board", "my-board.json", "--mqtt", verifier.Mqtt, .. Images]);

        await boards.LineAsync(text => text.StartsWith("last result heard: 2 no result yet  |  agents: 2 Refused", StringComparison.Ordinal));

        Assert.Equal(0, await boards.TerminateAsync());
        Assert.Contains(boards.Errors, text => text.Contains("2 boards were refused by the verifier", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("self-reported")]
    public async Task A_count_alone_is_enough_and_runs_again_on_the_same_verifier(string strength)
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        string[] words = ["simulate", "--count", "2", "--strength", strength, .. Server(verifier), "--mqtt", verifier.Mqtt];

        await RunUntilPendingAsync(line, words);
        await RunUntilPendingAsync(line, words);
        await RunUntilPendingAsync(line, [.. words, "--data", "boards"]);
        await RunUntilPendingAsync(line, [.. words, "--data", "boards"]);
    }

    [Fact]
    public async Task Once_ends_with_0_when_every_board_has_a_result()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);

        CommandResult result = (await line.RunAsync(["simulate", "--count", "3", "--once", "--json", .. Server(verifier), "--mqtt", verifier.Mqtt])).Ended(0);

        Assert.Equal((3, 3), (result.Json.GetProperty("boards").GetInt32(), result.Json.GetProperty("answered").GetInt32()));
    }

    [Fact]
    public async Task Once_with_a_time_ends_with_3_when_a_board_has_no_result_by_then()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);

        CommandResult result = (await line.RunAsync(["simulate", "--count", "2", "--once", "--for", "1s", "--board", "@my-board.json", "--mqtt", verifier.Mqtt, .. Images.Select(word => word.Replace("=", "=@", StringComparison.Ordinal))])).Ended(3);

        Assert.Contains("0 of 2 boards with a result", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_built_in_product_takes_no_key_into_an_organisation_of_somebody_else()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);

        CommandResult result = (await line.RunAsync(["simulate", "--count", "1", "--organisation", "acme", .. Server(verifier), "--mqtt", verifier.Mqtt])).Ended(1);

        Assert.Contains("an organisation acme with keys of its own", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_error_names_the_whole_command()
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("simulate", "--count", "7", "--server", "http://127.0.0.1:9")).Ended(2);

        Assert.Contains("iotattest simulate --count 7 --server http://127.0.0.1:9 --token-file iotattest-data/operator.token", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--image", "clr=clr.bin")]
    [InlineData("--identities", "line.secrets.jsonl")]
    public async Task An_option_of_a_product_without_its_board_is_wrong_usage(string option, string value)
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("simulate", option, value)).Ended(2);

        Assert.Contains($"{option} without --board", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a number of boards whose flash is measured", "--tamper", "1", "--strength", "self-reported")]
    [InlineData("the manufacturer of the boards", "--strength", "self-reported", "--enrol")]
    [InlineData("--once ends where --tamper begins", "--strength", "native", "--once", "--tamper", "1", "--image", "bootloader=@boot.bin", "--image", "clr=@clr.bin", "--image", "deployment=@deploy.bin")]
    [InlineData("1 to 100000", "--strength", "self-reported", "--count", "0")]
    [InlineData("host and port", "--strength", "self-reported", "--mqtt", "127.0.0.1")]
    public async Task Options_that_do_not_fit_are_wrong_usage(string expected, params string[] more)
    {
        using CommandLine line = new();
        await ProductFiles.MakeAsync(line, ProductFiles.Stm32);

        CommandResult result = (await line.RunAsync(["simulate", "--board", "@my-board.json", .. more])).Ended(2);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static async Task RunUntilPendingAsync(CommandLine line, string[] words)
    {
        using ChildProcess boards = ChildProcess.Start(line.Folder, words);
        await boards.LineAsync(text => text.StartsWith("last result heard: 2 PendingCoverage", StringComparison.Ordinal));
        Assert.Equal(0, await boards.TerminateAsync());
        Assert.Contains(boards.Errors, text => text.Contains("iotattest certify issue", StringComparison.Ordinal));
    }

    private static async Task<ServedVerifier> StartAsync(CommandLine line)
    {
        await ProductFiles.MakeAsync(line, ProductFiles.Stm32);
        ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        (await line.RunAsync(ProductFiles.ManifestLine(board: ProductFiles.Stm32))).Ended(0);
        (await line.RunAsync(["org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@acme.pub.pem", .. Server(verifier)])).Ended(0);
        (await line.RunAsync(["build", "submit", "@b.corim", .. Server(verifier)])).Ended(0);
        return verifier;
    }

    private static string[] Server(ServedVerifier verifier) => ["--server", verifier.Http.GetLeftPart(UriPartial.Authority), "--token-file", verifier.TokenFile];
}
