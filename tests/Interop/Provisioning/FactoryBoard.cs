using System.Diagnostics;
using System.Text;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>A running provisioning firmware over a chip that is a file; the file is absent while the chip is new.</summary>
internal sealed class FactoryBoard : IDisposable
{
    private readonly string _program;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-factory-");
    private Process _process;

    public FactoryBoard(string program)
    {
        _program = program;
        Chip = Path.Combine(_folder.FullName, "chip.state");
        _process = Start();
    }

    /// <summary>The file of the chip.</summary>
    public string Chip { get; }

    public bool IsNew => !File.Exists(Chip);

    /// <summary>One line, without its end, and its answer.</summary>
    public string Ask(string line) => Ask(Encoding.ASCII.GetBytes($"{line}\n"));

    /// <summary>Bytes that end one line, and the answer.</summary>
    public string Ask(byte[] bytes)
    {
        Send(bytes);
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Patience.Long), $"no answer to {bytes.Length} bytes");
        return answer.Result ?? throw new InvalidOperationException($"The program ended at {bytes.Length} bytes.");
    }

    public void Send(byte[] bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Takes the power away and gives it back.</summary>
    public void Restart()
    {
        Stop();
        _process = Start();
    }

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    private Process Start() => Process.Start(new ProcessStartInfo(_program, [Chip]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private void Stop()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience.Long))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
