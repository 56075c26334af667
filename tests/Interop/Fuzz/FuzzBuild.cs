using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Fuzz;

/// <summary>Builds all fuzzers of <c>native/fuzz</c> once, with their first inputs, into a temporary folder.</summary>
public sealed class FuzzBuild : IDisposable
{
    private const string Runtime = "libclang_rt.fuzzer-x86_64.a";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-fuzz-");
    private readonly Lazy<string> _programs;

    public FuzzBuild() => _programs = new Lazy<string>(Build);

    /// <summary>The names of all fuzzers: a source that is added is run.</summary>
    public static string[] Names { get; } =
        [.. Directory.GetFiles(Sources, "fuzz_*.cpp").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    private static string Sources => Path.Combine(NativeBuild.Sources, "fuzz");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs a fuzzer over its first inputs and then over <paramref name="runs"/> that it makes from them.</summary>
    internal (int ExitCode, string Log) Fuzz(string name, int runs)
    {
        string found = Path.Combine(_folder.FullName, $"{name}.");
        (int exitCode, string log) = Run(
            Path.Combine(_programs.Value, name), $"-runs={runs}", "-seed=1", "-max_len=4096", "-timeout=20", "-rss_limit_mb=1024", $"-artifact_prefix={found}",
            Path.Combine(_programs.Value, "seeds", name));
        return (exitCode, $"{log}\n{string.Join('\n', Directory.GetFiles(_folder.FullName, $"{name}.*").Select(path => Convert.ToHexString(File.ReadAllBytes(path))))}");
    }

    internal static string? ReasonToSkip()
    {
        if (Tools.RequireAll)
        {
            return null;
        }

        return NativeBuild.ReasonToSkip() ?? Tools.ReasonToSkip("clang++", "python3") ?? (HasRuntime() ? null : $"needs {Runtime} (Debian: libclang-rt-14-dev)");
    }

    // clang answers with the bare name when it does not find the file.
    private static bool HasRuntime() => Path.IsPathRooted(Run("clang++", $"--print-file-name={Runtime}").Log.Trim());

    private string Build()
    {
        string output = Path.Combine(_folder.FullName, "build");
        Require("cmake", "-S", Sources, "-B", output, "-DCMAKE_CXX_COMPILER=clang++");
        Require("cmake", "--build", output);
        Require("python3", Path.Combine(Sources, "seeds.py"), Path.Combine(output, "seeds"));
        return output;
    }

    private static void Require(string program, params string[] arguments)
    {
        (int exitCode, string log) = Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} gave {exitCode}:\n{log}");
    }

    private static (int ExitCode, string Log) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
