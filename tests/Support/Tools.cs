using System.Diagnostics;

namespace IotAttest.Support;

/// <summary>Finds the real programs that tests run against.</summary>
public static class Tools
{
    /// <summary>True when a missing program is a failure and not a skip (<c>.ci/run</c> sets this).</summary>
    public static bool RequireAll => Environment.GetEnvironmentVariable("IOTATTEST_REQUIRE_ALL") == "1";

    /// <summary>The full path of <paramref name="name"/>, or null. Debian keeps servers in sbin, which a user's PATH may lack.</summary>
    /// <remarks><c>python3:module</c> names an interpreter that can import the module.</remarks>
    public static string? Find(string name)
    {
        string[] parts = name.Split(':', 2);
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/bin", "/usr/local/bin"];
        IEnumerable<string> found = folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, parts[0])).Where(File.Exists);
        return parts.Length == 1 ? found.FirstOrDefault() : found.FirstOrDefault(python => CanImport(python, parts[1]));
    }

    /// <summary>Null when every tool is there (or all are required), else the reason a test runner shows.</summary>
    public static string? ReasonToSkip(params string[] tools)
    {
        string[] missing = RequireAll ? [] : [.. tools.Where(tool => Find(tool) is null)];
        return missing.Length == 0 ? null : $"needs {string.Join(", ", missing)} on PATH";
    }

    private static bool CanImport(string python, string modules)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {modules}"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
