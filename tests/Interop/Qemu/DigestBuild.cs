using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>Builds the program that drives native/sha256 on a PC, plain and with sanitizers, once per test run.</summary>
public sealed class DigestBuild : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-digest-");
    private readonly Lazy<string> _plain;
    private readonly Lazy<string> _sanitized;

    public DigestBuild()
    {
        _plain = new Lazy<string>(() => Build("plain", "OFF"));
        _sanitized = new Lazy<string>(() => Build("sanitized", "ON"));
    }

    /// <summary>Runs the commands through both builds and returns the answers, which are the same.</summary>
    public string[] Ask(IReadOnlyCollection<string> commands)
    {
        string[] answers = NativeEncoder.Encode(_plain.Value, commands);
        Assert.Equal(commands.Count, answers.Length);
        Assert.Equal(answers, NativeEncoder.Encode(_sanitized.Value, commands));
        return answers;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Build(string name, string sanitize)
    {
        string output = Path.Combine(_folder.FullName, name);
        Run("cmake", "-S", Path.Combine(SharedData.Repository, "firmware", "Interop", "native", "sha256"), "-B", output, $"-DIOTATTEST_SANITIZE={sanitize}");
        Run("cmake", "--build", output);
        return Path.Combine(output, "iotattest-digest");
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} gave {process.ExitCode}:\n{output}\n{errors.Result}");
    }
}
