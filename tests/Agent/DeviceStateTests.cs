using System.Buffers.Binary;
using System.Security.Cryptography;

using static IotAttest.Agent.Tests.StateFiles;

namespace IotAttest.Agent.Tests;

/// <summary>The device state in two files: after a power cut the old or the new one.</summary>
public sealed class DeviceStateTests
{
    private const int RecordBytes = 235;

    [Fact]
    public void What_was_saved_is_loaded()
    {
        MemoryFiles files = new();
        Save(files, Provisioned());

        DeviceState read = Load(files);

        DeviceState expected = Provisioned();
        Assert.Equal(expected.Ueid, read.Ueid);
        Assert.Equal(expected.Key, read.Key);
        Assert.Equal((expected.Credential, expected.NativeCredential), (read.Credential, read.NativeCredential));
        Assert.Equal(RecordBytes, files.Get(DeviceStateStore.FirstFile).Length);
        Assert.True(files.AreClosed);
    }

    [Fact]
    public void What_a_board_has_not_stays_null()
    {
        MemoryFiles files = new();
        Save(files, new DeviceState { NativeCredential = "native" });

        DeviceState read = Load(files);

        Assert.Null(read.Ueid);
        Assert.Null(read.Key);
        Assert.Null(read.Credential);
        Assert.Equal("native", read.NativeCredential);
    }

    [Fact]
    public void The_bytes_are_those_of_the_decision_record()
    {
        MemoryFiles files = new();
        DeviceState state = Provisioned();
        state.BootCount = 0x0102030405060708;
        Save(files, state);

        byte[] record = files.Get(DeviceStateStore.FirstFile);

        byte[] head = [0x49, 0x41, 0x54, 0x53, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(head, record[..24]);
        Assert.Equal(state.Ueid, record[24..41]);
        Assert.Equal(state.Key, record[41..73]);
        Assert.Equal((4, (byte)'s', 6, (byte)'n'), (record[73], record[74], record[138], record[139]));
        Assert.Equal(SHA256.HashData(record.AsSpan(0, 203)), record[203..]);
    }

    [Fact]
    public void Without_files_nothing_was_provisioned()
    {
        Assert.Equal(StateStatus.None, new DeviceStateStore(new MemoryFiles()).Load(out DeviceState state));
        Assert.Equal(0, state.BootCount);
        Assert.Null(state.Ueid);
    }

    [Fact]
    public void A_save_before_a_load_is_refused() => Assert.False(new DeviceStateStore(new MemoryFiles()).Save(Provisioned()));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(23)]
    [InlineData(41)]
    [InlineData(138)]
    [InlineData(234)]
    public void A_damaged_byte_in_the_only_file_yields_no_state(int position)
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        files.Get(DeviceStateStore.FirstFile)[position] ^= 1;

        Assert.Equal(StateStatus.Damaged, new DeviceStateStore(files).Load(out DeviceState state));
        Assert.Null(state.Key);
    }

    [Theory]
    [InlineData(RecordBytes - 1)]
    [InlineData(RecordBytes + 1)]
    [InlineData(0)]
    public void A_file_of_another_length_is_no_state(int length)
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        byte[] content = files.Get(DeviceStateStore.FirstFile);
        Array.Resize(ref content, length);
        files.Put(DeviceStateStore.FirstFile, content);

        Assert.Equal(StateStatus.Damaged, new DeviceStateStore(files).Load(out _));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(0, 0)]
    [InlineData(8, 0x80)]
    [InlineData(16, 0x80)]
    public void A_whole_file_with_what_this_version_does_not_know_is_no_state(int position, byte value)
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        byte[] content = files.Get(DeviceStateStore.FirstFile);
        content[position] = value;
        SHA256.HashData(content.AsSpan(0, 203), content.AsSpan(203));

        Assert.Equal(StateStatus.Damaged, new DeviceStateStore(files).Load(out _));
    }

    [Fact]
    public void A_file_system_that_fails_yields_no_older_state()
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        Save(files, Provisioned());
        files.CutAfter(3);

        DeviceStateStore store = new(files);
        Assert.Equal(StateStatus.Failed, store.Load(out DeviceState state));
        Assert.Null(state);
        Assert.False(store.Save(Provisioned()));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_credential_has_at_most_64_characters(int length, bool expected)
    {
        DeviceStateStore store = new(new MemoryFiles());
        store.Load(out DeviceState state);
        state.Credential = new string('c', length);

        Assert.Equal(expected, store.Save(state));
    }

    [Fact]
    public void A_state_with_a_wrong_shape_is_not_written()
    {
        foreach (DeviceState wrong in new DeviceState[]
        {
            new() { Ueid = new byte[17] },
            new() { Ueid = [0x01] },
            new() { Key = new byte[31] },
            new() { NativeCredential = "\u00e9" },
            new() { BootCount = -1 },
        })
        {
            MemoryFiles files = new();
            DeviceStateStore store = new(files);
            store.Load(out _);

            Assert.False(store.Save(wrong));
            Assert.Empty(files.Names);
        }
    }

    [Fact]
    public void The_files_are_written_in_turn_and_a_fourth_save_fits_too()
    {
        MemoryFiles files = new();
        for (int i = 0; i < 4; i++)
        {
            Save(files, Provisioned());
        }

        Assert.Equal([4, 3], new[] { DeviceStateStore.SecondFile, DeviceStateStore.FirstFile }.Select(name => (int)BinaryPrimitives.ReadInt64BigEndian(files.Get(name).AsSpan(8))));
    }

    [Theory]
    [InlineData(PowerLoss.Prefix, 1)]
    [InlineData(PowerLoss.Prefix, 2)]
    [InlineData(PowerLoss.OldUntilFlushed, 1)]
    [InlineData(PowerLoss.OldUntilFlushed, 2)]
    [InlineData(PowerLoss.Scattered, 1)]
    [InlineData(PowerLoss.Scattered, 2)]
    public void Power_cut_at_any_step_of_a_save_leaves_the_old_state_or_the_new_one(PowerLoss loss, int earlierSaves)
    {
        int cuts = 0;
        bool wasSaved = false;
        for (int step = 0; !wasSaved; step++)
        {
            MemoryFiles files = new(loss, step);
            for (int i = 0; i < earlierSaves; i++)
            {
                Save(files, Provisioned());
            }

            DeviceStateStore store = new(files);
            store.Load(out DeviceState state);
            state.Credential = "new";
            files.CutAfter(step);
            wasSaved = store.Save(state);
            cuts += files.IsCut ? 1 : 0;
            files.Restore();

            string credential = Load(files).Credential;
            Assert.True(wasSaved ? credential == "new" : credential is "self" or "new", $"step {step}: {credential}");
        }

        Assert.True(cuts > RecordBytes, $"{cuts} cuts");
    }
}
