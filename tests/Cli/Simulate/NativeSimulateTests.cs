using IotAttest.Cli.Failures;
using IotAttest.Cli.Simulation;
using IotAttest.Cli.Tests.Hosting;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Simulate;

/// <summary><c>simulate --native</c>: boards whose evidence the C++ core makes.</summary>
public sealed class NativeSimulateTests(NativeBoardBuild build) : IClassFixture<NativeBoardBuild>
{
    private const string BuildFolder = "firmware/Interop/native/host/build";

    [RequiresNativeBuildTheory]
    [InlineData("hmac")]
    [InlineData("es256")]
    public async Task Boards_get_verdicts_and_the_tampered_one_another_run_after_run(string keyType)
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        string[] words = ["simulate", "--native", build.Library, "--count", "3", "--key-type", keyType, "--data", "boards", .. Server(verifier), "--mqtt", verifier.Mqtt];

        await RunAsync(line, [.. words, "--tamper", "1"], "last result heard: 3 PendingCoverage", "last result heard: 1 Compromised, 2 PendingCoverage");
        Assert.Equal(["2", "1", "1"], BootCounts(line));
        await RunAsync(line, words, "last result heard: 1 Compromised, 2 PendingCoverage");
        Assert.Equal(["3", "2", "2"], BootCounts(line));
    }

    [RequiresNativeBuildFact]
    public async Task Json_says_which_encoder_made_the_evidence()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        string[] words = ["simulate", "--count", "1", "--once", "--json", .. Server(verifier), "--mqtt", verifier.Mqtt];

        Assert.Equal("C++", (await line.RunAsync([.. words, "--native", build.Library])).Ended(0).Json.GetProperty("encoder").GetString());
        Assert.Equal("C#", (await line.RunAsync(words)).Ended(0).Json.GetProperty("encoder").GetString());
    }

    [Fact]
    public async Task A_missing_library_is_an_error_with_the_commands_that_build_it()
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("simulate", "--native", "@none.so")).Ended(2);

        Assert.Contains($"no file {line.PathOf("none.so")}", result.Error, StringComparison.Ordinal);
        AssertNamesCommands(result.Error);
    }

    [Fact]
    public async Task A_file_that_is_another_library_is_an_error_with_the_commands_too()
    {
        using CommandLine line = new();
        line.Write("other.so", "text");

        CommandResult result = (await line.RunAsync("simulate", "--native", "@other.so")).Ended(2);

        Assert.Contains($"a file that this machine cannot load: {line.PathOf("other.so")}", result.Error, StringComparison.Ordinal);
        AssertNamesCommands(result.Error);
    }

    [Fact]
    public async Task Self_reported_boards_have_no_native_module()
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("simulate", "--native", "@none.so", "--strength", "self-reported")).Ended(2);

        Assert.Contains("--native with --strength self-reported", result.Error, StringComparison.Ordinal);
    }

    [RequiresNativeBuildTheory]
    [InlineData("")]
    [InlineData(BuildFolder)]
    public void Without_a_name_it_is_looked_for_beside_the_program_and_where_a_checkout_builds_it(string place)
    {
        using CommandLine line = new();
        string program = Checkout(line);
        string folder = place.Length == 0 ? program : line.PathOf(place);
        Directory.CreateDirectory(folder);
        File.Copy(build.Library, Path.Combine(folder, NativeBoardLibrary.FileName));

        NativeBoardLibrary library = NativeBoards.Load(null, program);

        Assert.Equal(Path.Combine(folder, NativeBoardLibrary.FileName), library.Path);
    }

    [Fact]
    public void When_it_is_in_neither_place_the_error_names_both_and_the_commands()
    {
        using CommandLine line = new();
        string program = Checkout(line);

        CliException error = Assert.Throws<CliException>(() => NativeBoards.Load(null, program));

        Assert.Contains(Path.Combine(program, NativeBoardLibrary.FileName), error.Message, StringComparison.Ordinal);
        Assert.Contains(line.PathOf($"{BuildFolder}/{NativeBoardLibrary.FileName}"), error.Message, StringComparison.Ordinal);
        AssertNamesCommands(error.Message);
    }

    private static void AssertNamesCommands(string error)
    {
        Assert.Contains($"cmake -S firmware/Interop/native/host -B {BuildFolder}", error, StringComparison.Ordinal);
        Assert.Contains($"cmake --build {BuildFolder}", error, StringComparison.Ordinal);
    }

    // A program two folders below something that looks like a checkout.
    private static string Checkout(CommandLine line)
    {
        line.Write("IotAttest.sln", "");
        return Directory.CreateDirectory(line.PathOf("bin/Debug")).FullName;
    }

    private static async Task RunAsync(CommandLine line, string[] words, params string[] expected)
    {
        using ChildProcess boards = ChildProcess.Start(line.Folder, words);
        foreach (string start in expected)
        {
            await boards.LineAsync(text => text.StartsWith(start, StringComparison.Ordinal));
        }

        Assert.Equal(0, await boards.TerminateAsync());
        Assert.Contains(boards.Output, text => text.StartsWith("evidence made by the C++ core in ", StringComparison.Ordinal));
    }

    private static string[] BootCounts(CommandLine line) =>
        [.. Directory.GetFiles(line.PathOf("boards"), "boot-count", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static string[] Server(ServedVerifier verifier) => ["--server", verifier.Http.GetLeftPart(UriPartial.Authority), "--token-file", verifier.TokenFile];
}
