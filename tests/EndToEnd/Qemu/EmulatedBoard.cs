using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Boards;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>A Cortex-M4 in QEMU with flash, key, name and boot counter of its own. Off until it is started.</summary>
internal sealed class EmulatedBoard : IDisposable
{
    public const string Emulator = "qemu-system-arm";
    public const string Compiler = "arm-none-eabi-g++";

    private const int RecordBytes = 160;
    private const int KeyBytes = 32;
    private const uint OemNumber = 32473;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-m4-board-");
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly int _identityAt;
    private Process? _process;

    public EmulatedBoard(EmulatedFirmware firmware)
    {
        Flash = firmware.Flash();
        _identityAt = (int)firmware.Board.Find("identity")!.Offset;
        byte[] sector = [.. IdentityRecord(), .. _key];
        sector.CopyTo(Flash, _identityAt);
        File.WriteAllBytes(CounterFile, new byte[sizeof(ulong)]);
    }

    public string Ueid { get; } = Boards.NewUeid();

    /// <summary>What the chip holds; a change counts from the next start on.</summary>
    public byte[] Flash { get; }

    public string CounterFile => Path.Combine(_folder.FullName, "boot-count");

    public JsonObject Record => Boards.Hmac(Ueid, _key);

    /// <summary>Puts another key than the enrolled one into flash.</summary>
    public void ReplaceKey() => RandomNumberGenerator.Fill(Flash.AsSpan(_identityAt + RecordBytes, KeyBytes));

    public void Flip(long offset) => Flash[offset] ^= 1;

    /// <summary>Flips a byte of a region, counted from its end when negative.</summary>
    public void Flip(BoardRegion region, int offset) => Flip(offset < 0 ? region.End + offset : region.Offset + offset);

    /// <summary>Switches power on, after off when it was on, and returns the line that the start printed; null when the emulator ended.</summary>
    public async Task<string?> StartAsync()
    {
        PowerOff();
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "flash.bin"), Flash);
        string[] arguments =
        [
            "-M", "netduinoplus2", "-kernel", "flash.bin", "-semihosting-config", "enable=on,target=native",
            "-display", "none", "-monitor", "none", "-serial", "stdio",
        ];
        _process = Process.Start(new ProcessStartInfo(Tools.Find(Emulator)!, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        return await ReadLineAsync();
    }

    public async Task<string?> AskAsync(string line)
    {
        await _process!.StandardInput.WriteAsync($"{line}\n");
        await _process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    public Task<string?> ChallengeAsync(byte[] nonce) => AskAsync($"challenge {Convert.ToHexStringLower(nonce)}");

    public async Task<byte[]> EvidenceAsync(byte[] nonce)
    {
        string? answer = await ChallengeAsync(nonce);
        Assert.StartsWith("evidence ", answer, StringComparison.Ordinal);
        return Convert.FromHexString(answer!["evidence ".Length..]);
    }

    /// <summary>The exit code of an emulator that ends by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        await _process!.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        PowerOff();
        _folder.Delete(recursive: true);
    }

    // As a plug that is pulled: nothing on the board gets to run any more.
    private void PowerOff()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    private async Task<string?> ReadLineAsync()
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        return await _process!.StandardOutput.ReadLineAsync(timeout.Token);
    }

    // firmware/Interop/native/core/identity_record.h.
    private byte[] IdentityRecord()
    {
        byte[] ueid = Convert.FromHexString(Ueid);
        byte[] record = new byte[RecordBytes];
        "IAI1"u8.CopyTo(record);
        record[4] = 1;
        ueid.CopyTo(record, 8);
        Guid.Parse(Boards.Class).TryWriteBytes(record.AsSpan(25), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(41), OemNumber);
        SHA256.HashData(ueid).AsSpan(0, 8).CopyTo(record.AsSpan(57));
        SHA256.HashData(record.AsSpan(0, 152)).AsSpan(0, 8).CopyTo(record.AsSpan(152));
        return record;
    }
}
