using System.Diagnostics;
using IotAttest.Interop.Tests.Provisioning;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>A chip as a file, and the firmware that runs on it. Ending the program is losing power; flash and option bytes stay.</summary>
internal sealed class Stm32Chip : IDisposable
{
    public const int PowerLost = 42;
    public const int DeploymentOffset = 0xC0000;
    public const int DeploymentBytes = 0x80000;
    public const int KeyOffset = 0x1C0000;

    /// <summary>Read protection level 1 and write protection of sector 11, on top of what a new chip has.</summary>
    public const uint LockedOptions = 0xF7FF55ED;

    public const uint NewOptions = 0xFFFFAAED;

    private readonly string _file = Path.GetTempFileName();
    private Process? _process;

    public Stm32Chip(string program) => Start(program);

    /// <summary>A chip that the factory has provisioned with the sample key, and that now runs the shipped firmware; not booted.</summary>
    public static Stm32Chip Provisioned(Stm32Build build, string? line = null)
    {
        Stm32Chip chip = new(build.Factory);
        string answer = chip.Ask(line ?? new ProvisioningRequest().Line);
        Assert.StartsWith("provisioned ", answer, StringComparison.Ordinal);
        chip.Start(build.Board);
        return chip;
    }

    /// <summary>Puts firmware on the chip and gives it power.</summary>
    public void Start(string program)
    {
        Stop();
        _process = Process.Start(new ProcessStartInfo(program, [_file]) { RedirectStandardInput = true, RedirectStandardOutput = true });
    }

    /// <summary>One command and its answer; null when power was lost meanwhile.</summary>
    public string? TryAsk(string command)
    {
        _process!.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Patience.Long), $"no answer to: {command}");
        if (answer.Result is null)
        {
            Assert.True(_process.WaitForExit(Patience.Long));
            Assert.Equal(PowerLost, _process.ExitCode);
        }

        return answer.Result;
    }

    public string Ask(string command) => TryAsk(command) ?? throw new InvalidOperationException($"Power was lost at: {command}");

    /// <summary>Changes the chip; fails the test when the program refuses.</summary>
    public void Set(string command) => Assert.Equal("ok", Ask(command));

    /// <summary>Puts bytes into flash as a programmer does, past every driver.</summary>
    public void Poke(int offset, byte[] bytes) => Set($"poke {offset} {Convert.ToHexString(bytes)}");

    public byte[] Peek(int offset, int count) => Convert.FromHexString(Ask($"peek {offset} {count}"));

    public byte[] Attest(byte[] nonce) => HostBoard.EvidenceIn(Ask($"attest {Convert.ToHexString(nonce)}"));

    public void Dispose()
    {
        Stop();
        File.Delete(_file);
    }

    private void Stop()
    {
        if (_process is null)
        {
            return;
        }

        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience.Long))
        {
            _process.Kill();
        }

        _process.Dispose();
        _process = null;
    }
}
