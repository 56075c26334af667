using System.Buffers.Binary;
using System.Security.Cryptography;

using IotAttest.Protocol;
using IotAttest.Simulator;

namespace IotAttest.Agent.Tests;

/// <summary>The device state in two files: after a power cut the old or the new one, and no boot count twice.</summary>
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

    [Theory]
    [InlineData(PowerLoss.Prefix, 1)]
    [InlineData(PowerLoss.OldUntilFlushed, 2)]
    [InlineData(PowerLoss.Scattered, 3)]
    public void Over_thousands_of_boots_with_power_cuts_no_count_is_used_twice(PowerLoss loss, int seed)
    {
        MemoryFiles files = new(loss, seed);
        Random random = new(seed);
        Save(files, Provisioned());
        long last = 0;
        int used = 0;
        int cuts = 0;
        for (int boot = 0; boot < 5000; boot++)
        {
            files.CutAfter(random.Next(2) == 0 ? int.MaxValue : random.Next(270));
            DeviceStateStore store = new(files);
            if (store.Load(out DeviceState state) == StateStatus.Ok)
            {
                FileBootState facts = new(store, state);
                if (facts.TryBegin())
                {
                    Assert.True(facts.BootCount > last, $"boot {boot}: {facts.BootCount} after {last}");
                    last = facts.BootCount;
                    used++;
                }

                Assert.Equal("self", state.Credential);
            }

            cuts += files.IsCut ? 1 : 0;
            files.Restore();
        }

        Assert.True(used > 2000 && cuts > 2000, $"{used} used, {cuts} cuts");
        Assert.InRange(last, used, 10000);
    }

    [Fact]
    public void A_newest_file_that_went_bad_costs_a_count_and_repeats_none()
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        Assert.Equal(2, Boot(files));
        Assert.Equal(3, Boot(files));

        files.Get(DeviceStateStore.FirstFile)[100] ^= 1;

        Assert.Equal(4, Boot(files));
    }

    [Fact]
    public void Asking_again_in_the_same_boot_counts_once_and_keeps_the_seed()
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        FileBootState boot = new(store, state);

        Assert.True(boot.TryBegin());
        (long count, byte[] seed) = (boot.BootCount, [.. boot.BootSeed]);
        Assert.True(boot.TryBegin());

        Assert.Equal(count, boot.BootCount);
        Assert.Equal(seed, boot.BootSeed);
        Assert.Contains(seed, value => value != 0);
        Assert.InRange(boot.UptimeSeconds, 0, 60);
    }

    [Fact]
    public void After_a_save_that_failed_the_same_boot_may_try_again()
    {
        MemoryFiles files = new();
        Save(files, Provisioned());
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        FileBootState boot = new(store, state);

        files.CutAfter(100);
        Assert.False(boot.TryBegin());
        files.Restore();

        Assert.True(boot.TryBegin());
        Assert.Equal(2, boot.BootCount);
        Assert.Equal(3, Boot(files));
    }

    [Fact]
    public void The_highest_count_there_is_does_not_wrap()
    {
        MemoryFiles files = new();
        DeviceState state = Provisioned();
        state.BootCount = long.MaxValue;
        Save(files, state);
        DeviceStateStore store = new(files);
        store.Load(out DeviceState read);

        Assert.False(new FileBootState(store, read).TryBegin());
        Assert.Equal(long.MaxValue, read.BootCount);
    }

    [Fact]
    public void In_real_files_the_state_lasts_too()
    {
        string folder = Directory.CreateTempSubdirectory("iotattest-state").FullName;
        FileStore files = new(folder + Path.DirectorySeparatorChar);
        Save(files, Provisioned());

        Assert.Equal(2, Boot(files));
        Assert.Equal(3, Boot(files));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_self_reported_board_makes_authentic_evidence_from_its_state()
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        MemoryFiles files = new();
        Save(files, new DeviceState { Ueid = identity.Ueid, Key = identity.HmacKey, Credential = identity.Credential });
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        InventoryText text = new();
        text.Add("source", "managed");
        SelfReport report = new(store, new EvidenceFacts { ClassId = new byte[16], OemId = 32473 }, new InventoryMeasurer(text));
        AgentOptions options = new() { Host = "localhost", UseTls = false };
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];

        EvidenceStatus chosen = EvidenceSources.Choose(new FakeNativeModule { IsAbsent = true }, state, report, options);
        EvidenceStatus made = options.EvidenceSource.Produce(new byte[32], output, out int length);

        Assert.Equal((EvidenceStatus.Ok, EvidenceStatus.Ok, OptionsStatus.Ok), (chosen, made, options.Check()));
        Assert.Equal((EvidenceSourceKind.Managed, identity.Credential), (options.EvidenceSource.Kind, options.Credential));
        DecodedEvidence evidence = new(output[..length]);
        Assert.True(evidence.IsAuthentic(identity));
        Assert.Equal(2, evidence.BootCount);
        Assert.Equal([EvidenceProfile.Inventory], evidence.Digests.Keys);
    }

    [Theory]
    [InlineData(false, true, EvidenceStatus.NotProvisioned)]
    [InlineData(true, false, EvidenceStatus.KeyMissing)]
    public void Half_an_identity_is_none(bool hasUeid, bool hasKey, EvidenceStatus expected)
    {
        DeviceState state = Provisioned();
        state.Ueid = hasUeid ? state.Ueid : null;
        state.Key = hasKey ? state.Key : null;
        AgentOptions options = new();

        Assert.Equal(expected, new SelfReport(new DeviceStateStore(new MemoryFiles()), new EvidenceFacts(), null).Fill(state, options));
        Assert.Null(options.EvidenceSource);
    }

    private static DeviceState Provisioned() => new()
    {
        Ueid = [0x01, .. Enumerable.Range(1, 16).Select(value => (byte)value)],
        Key = [.. Enumerable.Range(100, 32).Select(value => (byte)value)],
        Credential = "self",
        NativeCredential = "native",
    };

    private static void Save(IFileStore files, DeviceState state)
    {
        DeviceStateStore store = new(files);
        store.Load(out _);
        Assert.True(store.Save(state));
    }

    private static DeviceState Load(IFileStore files)
    {
        Assert.Equal(StateStatus.Ok, new DeviceStateStore(files).Load(out DeviceState state));
        return state;
    }

    private static long Boot(IFileStore files)
    {
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        FileBootState boot = new(store, state);
        Assert.True(boot.TryBegin());
        return boot.BootCount;
    }
}
