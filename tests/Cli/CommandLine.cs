using IotAttest.Cli.Output;
using IotAttest.Support;

namespace IotAttest.Cli.Tests;

/// <summary>Runs command lines in this process, in a folder of their own.</summary>
internal sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("iotattest-cli-").FullName;

    public FakeClock Clock { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public byte[] Input { get; set; } = [];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(PathOf(name), content.ToArray());
        return PathOf(name);
    }

    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Runs a line; words that start with @, or have one after the first =, are files of the folder.</summary>
    public async Task<CommandResult> RunAsync(params string[] words)
    {
        StringWriter output = new();
        StringWriter error = new();
        CliContext context = new(
            new Terminal(output, error, () => new MemoryStream(Input), isInteractive: false), Clock, name => Environment.GetValueOrDefault(name), Folder);
        int exitCode = await Program.RunAsync([.. words.Select(WithFolder)], context);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string WithFolder(string word) => word.StartsWith('@') ? PathOf(word[1..]) : word.Replace("=@", $"={Folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
