using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>A running host program with a flash file of its own.</summary>
internal sealed class HostBoard : IDisposable
{
    /// <summary>Where the program says that the first byte of its flash is mapped.</summary>
    public const uint FlashAddress = 0x08000000;

    private readonly string _file = Path.GetTempFileName();
    private readonly Process _process;

    public HostBoard(string program, byte[] flash)
    {
        File.WriteAllBytes(_file, flash);
        _process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Set($"flash {_file}");
    }

    /// <summary>One command and its answer.</summary>
    public string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Patience.Long), $"no answer to: {command}");
        return answer.Result ?? throw new InvalidOperationException($"The program ended at: {command}");
    }

    /// <summary>Changes the board; fails the test when the program refuses.</summary>
    public void Set(string command) => Assert.Equal("ok", Ask(command));

    public void Write(int offset, byte[] bytes) => Set($"write {offset} {Convert.ToHexString(bytes)}");

    /// <summary>Changes flash behind the back of the flash driver.</summary>
    public void Poke(int offset, byte[] bytes) => Set($"poke {offset} {Convert.ToHexString(bytes)}");

    /// <summary>Steps until the measurement is complete.</summary>
    public string StepToEnd()
    {
        string answer;
        do
        {
            answer = Ask("step");
        }
        while (answer == "more");

        return answer;
    }

    public byte[] Attest(byte[] nonce) => EvidenceIn(Ask($"attest {Convert.ToHexString(nonce)}"));

    public static byte[] EvidenceIn(string answer)
    {
        Assert.StartsWith("evidence ", answer, StringComparison.Ordinal);
        return Convert.FromHexString(answer["evidence ".Length..]);
    }

    public static void AssertError(NativeError expected, string answer) => Assert.Equal($"error {(int)expected}", answer);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience.Long))
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_file);
    }
}
