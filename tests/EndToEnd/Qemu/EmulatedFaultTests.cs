using System.Buffers.Binary;
using IotAttest.Domain.Boards;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests;

/// <summary>The emulated Cortex-M4 without a verifier: what it answers when something is missing, and what it costs.</summary>
[Collection(EmulatedTests.Name)]
public sealed class EmulatedFaultTests(EmulatedFirmware firmware, ITestOutputHelper output)
{
    private const int StackLimitBytes = 2048;
    private const int HashLimitBytes = 1536;

    // firmware/Interop/native/core/error.h.
    private const string NotBooted = "error 2";
    private const string BootCounterFailed = "error 11";
    private const string BadClaims = "error 12";
    private const string AssemblyOutside = "error 15";

    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task Core_and_port_stay_below_2_KiB_of_stack_and_the_hash_below_1536_bytes_of_code()
    {
        using EmulatedBoard board = new(firmware);
        Assert.Equal("boot ok", await board.StartAsync());
        await board.EvidenceAsync(Nonce);

        int[] stack = [.. (await board.AskAsync("stack"))!.Split(' ')[1..].Select(int.Parse)];

        output.WriteLine($"stack of boot(): {stack[0]} bytes; of begin, step and finish: {stack[1]} bytes; both with the port's SHA-256 and HMAC");
        output.WriteLine(firmware.Sizes);
        Assert.All(stack, bytes => Assert.InRange(bytes, 1, StackLimitBytes - 1));
        Assert.InRange(TextBytesOf("sha256.o") + TextBytesOf("hmac_sha256.o"), 1, HashLimitBytes);
    }

    [RequiresToolTheory(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    [InlineData("")]
    [InlineData("challenge")]
    [InlineData("challenge 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("challenge 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021")]
    [InlineData("challenge 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2g")]
    [InlineData("challenge 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20-------------------------")]
    public async Task A_line_that_is_no_command_is_refused_and_the_next_one_is_answered(string line)
    {
        using EmulatedBoard board = new(firmware);
        await board.StartAsync();

        Assert.Equal("refused", await board.AskAsync(line));
        Assert.NotEmpty(await board.EvidenceAsync(Nonce));
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task Without_its_boot_counter_a_board_gives_no_evidence()
    {
        using EmulatedBoard board = new(firmware);
        File.Delete(board.CounterFile);

        Assert.Equal($"boot {BootCounterFailed}", await board.StartAsync());
        Assert.Equal(NotBooted, await board.ChallengeAsync(Nonce));
    }

    [RequiresToolTheory(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    [InlineData(0)]
    [InlineData(151)]
    [InlineData(159)]
    public async Task With_a_damaged_identity_a_board_gives_no_evidence(int offset)
    {
        using EmulatedBoard board = new(firmware);
        board.Flip(firmware.Board.Find("identity")!, offset);

        Assert.Equal("boot ok", await board.StartAsync());
        Assert.Equal(BadClaims, await board.ChallengeAsync(Nonce));
    }

    [RequiresToolTheory(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task An_assembly_that_reaches_past_the_deployment_is_noticed(uint beyond, bool isAttested)
    {
        // The length in the header of the first assembly, the last of its table of 16 numbers.
        const int LengthAt = 0x64;
        using EmulatedBoard board = new(firmware);
        BoardRegion deployment = firmware.Board.Find(RegionNames.Deployment)!;
        BinaryPrimitives.WriteUInt32LittleEndian(board.Flash.AsSpan((int)deployment.Offset + LengthAt), deployment.Size + beyond);
        await board.StartAsync();

        string? answer = await board.ChallengeAsync(Nonce);

        Assert.True(isAttested ? answer!.StartsWith("evidence", StringComparison.Ordinal) : answer == AssemblyOutside, answer);
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task A_processor_fault_ends_the_emulator_with_an_error()
    {
        using EmulatedBoard board = new(firmware);
        BoardRegion clr = firmware.Board.Find(RegionNames.Clr)!;
        board.Flash.AsSpan((int)clr.Offset, (int)clr.Size).Fill(0xFF);

        Assert.Null(await board.StartAsync());
        Assert.Equal(1, await board.ExitCodeAsync());
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task A_board_that_is_switched_off_ends_without_an_error()
    {
        using EmulatedBoard board = new(firmware);
        await board.StartAsync();

        Assert.Null(await board.AskAsync("off"));
        Assert.Equal(0, await board.ExitCodeAsync());
    }

    private int TextBytesOf(string file)
    {
        string line = firmware.Sizes.Split('\n').Single(each => each.EndsWith($"/{file}", StringComparison.Ordinal));
        return int.Parse(line.Trim().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
