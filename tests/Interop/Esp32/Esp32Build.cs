using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>Compiles the ESP32 port once per test run against the fake ESP-IDF, one program for each chip.</summary>
public sealed class Esp32Build : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-esp32-");
    private readonly Lazy<string> _programs;

    public Esp32Build() => _programs = new Lazy<string>(Build);

    public static string Sources { get; } = Path.Combine(SharedData.Repository, "tests", "Interop", "Esp32");

    public static string Port { get; } = Path.Combine(SharedData.Repository, "firmware", "Interop", "native", "esp32");

    public string Program(string name) => Path.Combine(_programs.Value, name);

    public void Dispose() => _folder.Delete(recursive: true);

    internal static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} gave {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }

    private string Build()
    {
        Run("cmake", "-S", Sources, "-B", _folder.FullName);
        Run("cmake", "--build", _folder.FullName, "--parallel", "2");
        return _folder.FullName;
    }
}
