using System.Diagnostics;
using System.Globalization;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>A running stand-in of an interpreter: the native table is called by index, as managed code does.</summary>
internal sealed class ClrBoard : IDisposable
{
    public const int ClrBytes = 0x1000;
    public const int DeploymentBytes = 0x2000;
    public const int MeasuredBytes = ClrBytes + DeploymentBytes;

    private readonly Process _process;

    public ClrBoard(string program) =>
        _process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public static byte[] Challenge { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>One that has booted.</summary>
    public static ClrBoard Booted(string program)
    {
        ClrBoard board = new(program);
        board.Set("boot");
        return board;
    }

    public string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Patience.Long), $"no answer to: {command}");
        return answer.Result ?? throw new InvalidOperationException($"The program ended at: {command}");
    }

    public void Set(string command) => Assert.Equal("ok", Ask(command));

    /// <summary>The result of a method, and its array after the call.</summary>
    public (int Result, byte[] Bytes) Call(NativeMethod method, string argument)
    {
        string[] words = Ask($"call {(int)method} {argument}").Split(' ');
        return (int.Parse(words[0], CultureInfo.InvariantCulture), Convert.FromHexString(words[1]));
    }

    public int Begin(byte[] challenge) => Call(NativeMethod.Begin, $"bytes {Convert.ToHexString(challenge)}").Result;

    /// <summary>Steps until something other than "call again" comes.</summary>
    public int StepToEnd()
    {
        int result;
        do
        {
            result = Call(NativeMethod.Step, "null").Result;
        }
        while (result == (int)NativeError.More);

        return result;
    }

    /// <summary>A whole challenge; the test fails when there is no evidence.</summary>
    public byte[] Attest()
    {
        Assert.Equal(0, Begin(Challenge));
        Assert.Equal(0, StepToEnd());
        (int length, byte[] bytes) = Call(NativeMethod.Finish, "zeros 768");
        Assert.InRange(length, 1, 768);
        return bytes[..length];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience.Long))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
