using IotAttest.Domain.Devices;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Tests;

/// <summary>The index of boards answers like a dictionary.</summary>
public sealed class EntryTableTests
{
    [Fact]
    public void Whatever_is_put_in_and_taken_out_is_found_like_in_a_dictionary()
    {
        Random random = new(20261122);
        KidTable table = new();
        Dictionary<ulong, DeviceEntry> expected = [];
        for (int step = 0; step < 20_000; step++)
        {
            ulong kid = (ulong)random.Next(2_000);
            if (random.Next(3) == 0)
            {
                table.Remove(kid);
                expected.Remove(kid);
            }
            else
            {
                DeviceEntry entry = Entry(kid, kid);
                table.Put(entry);
                expected[kid] = entry;
            }

            ulong other = (ulong)random.Next(2_000);
            Assert.Same(expected.GetValueOrDefault(other), table.Find(other));
        }

        Assert.Equal(expected.Count, table.Count);
        Assert.Equal(expected.Values.Select(entry => entry.Identity.Kid).Order(), table.All.Select(entry => entry.Identity.Kid).Order());
    }

    [Fact]
    public void Nobody_is_found_in_an_empty_table_and_in_one_that_everybody_left()
    {
        KidTable table = new();
        Assert.Null(table.Find(1));

        for (ulong kid = 0; kid < 1_000; kid++)
        {
            table.Put(Entry(kid, kid));
            table.Remove(kid);
            Assert.Null(table.Find(kid));
        }

        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_rekeyed_board_is_found_by_its_new_key_id_and_by_its_name_only()
    {
        DeviceDirectory directory = new();
        DeviceEntry old = Entry(1, 7);
        DeviceEntry next = Entry(1, 8);
        directory.Put(old);

        directory.Put(next);

        Assert.False(directory.TryFindByKid(7, out _));
        Assert.True(directory.TryFindByKid(8, out DeviceEntry? byKid));
        Assert.True(directory.TryFindByUeid(next.Identity.Ueid, out DeviceEntry? byUeid));
        Assert.Same(next, byKid);
        Assert.Same(next, byUeid);
        Assert.Equal([next], directory.All);
        Assert.Equal(1, directory.Count);
    }

    [Fact]
    public async Task Readers_find_what_is_there_while_a_writer_adds()
    {
        KidTable table = new();
        table.Put(Entry(0, 0));
        using CancellationTokenSource stop = new();
        Task<bool> reader = Task.Run(() =>
        {
            bool isFound = true;
            while (!stop.IsCancellationRequested)
            {
                isFound &= table.Find(0)?.Identity.Kid == 0 && table.Find(ulong.MaxValue) is null;
            }

            return isFound;
        });

        for (ulong kid = 1; kid < 50_000; kid++)
        {
            table.Put(Entry(kid, kid));
        }

        await stop.CancelAsync();
        Assert.True(await reader);
    }

    private static DeviceEntry Entry(ulong number, ulong kid)
    {
        DeviceIdentity identity = new($"01{number:x32}", kid, DeviceKeyKind.Hmac, OemId.OfNumber(1), Guid.Empty, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");
        return new DeviceEntry((long)number, identity, [], [], DeviceState.New);
    }
}
