using static IotAttest.Agent.Tests.StateFiles;

namespace IotAttest.Agent.Tests;

/// <summary>The boot count in the device state: no count is used twice, whatever happens to power and files.</summary>
public sealed class FileBootStateTests
{
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
}
