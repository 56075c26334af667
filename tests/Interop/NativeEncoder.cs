using System.Diagnostics;

namespace IotAttest.Interop.Tests;

/// <summary>Runs the native encoder over many inputs in one process.</summary>
internal static class NativeEncoder
{
    public static string[] Encode(string program, IEnumerable<string> lines)
    {
        using Process process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task writing = Task.Run(() =>
        {
            foreach (string line in lines)
            {
                process.StandardInput.WriteLine(line);
            }

            process.StandardInput.Close();
        });
        string[] answers = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        writing.Wait();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return answers;
    }
}
