using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Says, beside the records, that a factory run is under way and with which arguments. It goes when the run is complete:
/// the same command again then has nothing to continue, and is refused because the files are there.</summary>
/// <remarks>Open for as long as the run lasts, and locked, so that no second run writes into the same files.</remarks>
internal sealed class RunJournal : IDisposable
{
    private const int MaxBytes = 16 * 1024;

    private readonly string _path;
    private readonly FileStream _lock;

    private RunJournal(string path, FileStream file)
    {
        _path = path;
        _lock = file;
    }

    public static string PathOf(LinePaths paths) => $"{paths.Records}.run";

    public static bool Exists(LinePaths paths) => File.Exists(PathOf(paths));

    public static RunJournal Begin(LinePaths paths, JsonObject arguments)
    {
        string path = PathOf(paths);
        OutputFile.WriteText(path, arguments.ToJsonString(), isSecret: true, mayReplace: true);
        return new RunJournal(path, Lock(path));
    }

    /// <summary>Takes up a run that was stopped.</summary>
    /// <exception cref="CliException">It had other arguments, or it is still running.</exception>
    public static RunJournal Continue(LinePaths paths, JsonObject arguments)
    {
        string path = PathOf(paths);
        FileStream file = Lock(path);
        try
        {
            RequireSame(Read(file, path), arguments);
            return new RunJournal(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Complete() => File.Delete(_path);

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (cause is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw CliException.WrongUsage($"{path}, which a run that is under way holds", "one run at a time for each file", "wait for its end, or choose another name");
        }
    }

    private static JsonObject Read(FileStream file, string path)
    {
        byte[] bytes = new byte[Math.Min(file.Length, MaxBytes)];
        file.ReadExactly(bytes);
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw NotOurs(path);
        }
        catch (JsonException)
        {
            throw NotOurs(path);
        }
    }

    private static void RequireSame(JsonObject earlier, JsonObject now)
    {
        StringBuilder differences = new();
        foreach (string name in earlier.Select(member => member.Key).Union(now.Select(member => member.Key)))
        {
            string before = earlier[name]?.ToJsonString() ?? "nothing";
            string wanted = now[name]?.ToJsonString() ?? "nothing";
            differences.Append(before == wanted ? "" : $"{(differences.Length > 0 ? ", " : "")}{name} {wanted} where the stopped run had {before}");
        }

        if (differences.Length > 0)
        {
            throw CliException.WrongUsage(differences.ToString(), "the arguments of the run that was stopped", "repeat its command to continue it, choose another --out, or start anew with --force");
        }
    }

    private static CliException NotOurs(string path) =>
        CliException.WrongUsage($"{path}, which no factory run wrote", "the journal of a stopped run", "choose another --out, or start anew with --force");
}
