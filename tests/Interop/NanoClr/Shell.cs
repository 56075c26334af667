using System.Diagnostics;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>Runs compilers and cmake.</summary>
internal static class Shell
{
    /// <summary>Exit code, and both outputs together.</summary>
    public static (int Code, string Said) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Fails the test when the program does.</summary>
    public static string Require(string program, params string[] arguments)
    {
        (int code, string said) = Run(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} gave {code}:\n{said}");
        return said;
    }
}
