using System.Diagnostics;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>What <c>iotattest device provision</c> wrote for a new product model.</summary>
internal sealed class FactoryRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-line-");

    public FactoryRun(int count, params string[] more)
    {
        string template = Path.Combine(SharedData.Repository, "hardware", "ST_STM32F769I_DISCOVERY", "board.json");
        Run(["board", "new-class", "--board", template, "--oemid", "32473", "--out", "board.json"]);
        Run(["device", "provision", "--count", $"{count}", "--board", "board.json", "--organisation", "acme", "--out", "line.jsonl", "--board-lines", "boards.txt", .. more]);
        BoardLines = File.ReadAllLines(PathOf("boards.txt"));
        Records = [.. File.ReadAllLines(PathOf("line.jsonl")).Select(line => JsonElement.Parse(line))];
    }

    public string[] BoardLines { get; }

    public JsonElement[] Records { get; }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Run(string[] words)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "IotAttest.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [tool, .. words]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
