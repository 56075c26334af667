using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>A chip that lives in two files, and whatever firmware runs on it now.</summary>
internal sealed class Esp32Board : IDisposable
{
    /// <summary>Where the interpreter sees the deployment in these tests.</summary>
    public const long MapAddress = 0x3F400000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-chip-");
    private readonly List<string> _settings = [];
    private Process? _process;

    public Esp32Board(Esp32Map map, byte[] flash, string encryption = "crypt 0", bool isDeploymentEncrypted = false)
    {
        Map = map;
        File.WriteAllBytes(FlashFile, flash);
        Esp32Map.Region clr = map.Named("clr");
        Esp32Map.Region deployment = map.Named("deployment");
        _settings.AddRange(
        [
            $"flash {FlashFile}",
            $"chip {Path.Combine(_folder.FullName, "state")}",
            encryption,
            $"partition 0 0 {clr.Offset} {clr.Length} factory 0",
            $"partition 1 132 {deployment.Offset} {deployment.Length} deploy {(isDeploymentEncrypted ? 1 : 0)}",
            $"map {MapAddress} {deployment.Offset} {deployment.Length}",
            "entropy",
        ]);
    }

    public Esp32Map Map { get; }

    private string FlashFile => Path.Combine(_folder.FullName, "flash");

    /// <summary>A setting that holds for every run from the next one on.</summary>
    public void Always(string setting) => _settings.Insert(_settings.Count - 1, setting);

    /// <summary>Drops the settings that begin so.</summary>
    public void Never(string setting) => _settings.RemoveAll(each => each.StartsWith(setting, StringComparison.Ordinal));

    /// <summary>Puts another setting where the one is that begins so.</summary>
    public void Instead(string setting, string other) =>
        _settings[_settings.FindIndex(each => each.StartsWith(setting, StringComparison.Ordinal))] = other;

    /// <summary>Resets the chip and starts a firmware on it.</summary>
    public void Run(string program)
    {
        Stop();
        _process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _settings.ForEach(Set);
    }

    /// <summary>One command and its answer.</summary>
    public string Ask(string command) =>
        TryAsk(command) ?? throw new InvalidOperationException($"The program ended at: {command}");

    /// <summary>One command and its answer; null when power went meanwhile.</summary>
    public string? TryAsk(string command)
    {
        _process!.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Patience.Long), $"no answer to: {command}");
        return answer.Result;
    }

    public void Set(string command) => Assert.Equal("ok", Ask(command));

    public byte[] Attest(byte[] nonce) => HostBoard.EvidenceIn(Ask($"attest {Convert.ToHexString(nonce)}"));

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
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
