using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Bench;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Deploy;

/// <summary>The files in deploy/ fit this program: what they call exists, in the form in which they call it.</summary>
public sealed class DeployFileTests
{
    [Fact]
    public void The_unit_calls_the_tool_with_options_it_has()
    {
        string command = Lines("iotattest.service").Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));

        Assert.Empty(Parse(command.Split("IotAttest.Cli.dll ")[1].Split(' ')));
    }

    [Fact]
    public void The_container_starts_the_tool_with_options_it_has_and_copies_what_there_is()
    {
        string[] lines = Lines("Containerfile");
        string entry = lines.Single(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..];
        string[] words = JsonSerializer.Deserialize<string[]>(entry)!;
        string publish = lines.Single(line => line.StartsWith("RUN dotnet publish", StringComparison.Ordinal));

        Assert.Equal(["dotnet", "IotAttest.Cli.dll"], words[..2]);
        Assert.Empty(Parse(words[2..]));
        Assert.True(File.Exists(Path.Combine(SharedData.Repository, publish.Split(' ')[3])));
        Assert.All(lines, line => Assert.Contains(line.Split(' ')[0], new[] { "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT" }));
    }

    [Fact]
    public void Unit_container_and_bench_set_the_same_variables()
    {
        string[] measured = [.. ChildVerifier.Deployed.Select(variable => $"{variable.Name}={variable.Value}")];

        Assert.Equal(measured, Values("iotattest.service", "Environment="));
        Assert.Equal(measured, Values("Containerfile", "ENV "));
    }

    [RequiresToolFact("systemd-analyze")]
    public async Task Systemd_takes_the_unit()
    {
        using CommandLine line = new();

        // Where the tool would be installed there is nothing on a machine that builds: another program stands in.
        string unit = line.Write("iotattest.service", File.ReadAllText(PathOf("iotattest.service")).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Tools.Find("systemd-analyze")!, ["verify", unit]) { RedirectStandardError = true })!;
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0 && said.Length == 0, said);
    }

    private static string PathOf(string file) => Path.Combine(SharedData.Repository, "deploy", file);

    private static IEnumerable<string> Values(string file, string word) =>
        Lines(file).Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);

    private static string[] Lines(string file) => [.. File.ReadAllLines(PathOf(file)).Where(line => line.Length > 0 && line[0] != '#')];

    private static IEnumerable<string> Parse(string[] words) => Program.CreateRoot(CliContext.OfProcess()).Parse(words).Errors.Select(error => error.Message);
}
