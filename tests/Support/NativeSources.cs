using System.Diagnostics;

namespace IotAttest.Support;

/// <summary>Builds what lies in firmware/Interop/native/host: needs g++, cmake and the headers of mbedTLS.</summary>
public static class NativeSources
{
    private const string MbedTlsHeaders = "/usr/include/mbedtls";

    public static string Folder { get; } = Path.Combine(SharedData.Repository, "firmware", "Interop", "native");

    /// <summary>Null when it can be built here (or all tools are required), else the reason a test runner shows.</summary>
    public static string? ReasonToSkip() =>
        Tools.ReasonToSkip("g++", "cmake")
        ?? (Tools.RequireAll || Directory.Exists(MbedTlsHeaders) ? null : $"needs {MbedTlsHeaders} (Debian: libmbedtls-dev)");

    /// <summary>Builds into a folder.</summary>
    /// <param name="output">The folder, made when it is not there.</param>
    /// <param name="sanitize">Whether with address and undefined-behaviour checks.</param>
    /// <param name="target">One target of CMakeLists.txt; null for all.</param>
    public static void Build(string output, bool sanitize = false, string? target = null)
    {
        Run("cmake", "-S", Path.Combine(Folder, "host"), "-B", output, $"-DIOTATTEST_SANITIZE={(sanitize ? "ON" : "OFF")}");
        Run("cmake", ["--build", output, .. target is null ? Array.Empty<string>() : ["--target", target]]);
    }

    private static void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} gave {process.ExitCode}:\n{output}\n{errors.Result}");
    }
}
