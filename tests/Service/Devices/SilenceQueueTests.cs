using IotAttest.Domain.Devices;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Tests;

/// <summary>Boards come out in the order in which their evidence expires, each once.</summary>
public sealed class SilenceQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SilenceQueue _queue = new();

    [Fact]
    public void A_board_comes_out_after_its_expiry_and_not_at_it()
    {
        DeviceEntry board = Entry(1);
        _queue.Add(board, Now);

        Assert.Empty(_queue.TakeExpired(Now));
        Assert.Equal([board], _queue.TakeExpired(Now.AddTicks(1)));
        Assert.Empty(_queue.TakeExpired(Now.AddDays(1)));
    }

    [Fact]
    public void Boards_come_out_in_the_order_of_their_expiry()
    {
        DeviceEntry[] boards = [.. Enumerable.Range(0, 50).Select(Entry)];
        foreach (DeviceEntry board in boards.Reverse())
        {
            _queue.Add(board, Now.AddSeconds(board.RowId));
        }

        Assert.Equal(boards[..20], _queue.TakeExpired(Now.AddSeconds(19.5)));
        Assert.Equal(boards[20..], _queue.TakeExpired(Now.AddSeconds(100)));
    }

    [Fact]
    public void A_board_that_is_watched_is_not_watched_twice_and_can_be_watched_again()
    {
        DeviceEntry board = Entry(1);
        _queue.Add(board, Now);
        _queue.Add(board, Now.AddSeconds(5));
        Assert.Equal(1, _queue.Count);

        Assert.Equal([board], _queue.TakeExpired(Now.AddSeconds(1)));
        _queue.Add(board, Now.AddSeconds(5));
        Assert.Equal([board], _queue.TakeExpired(Now.AddSeconds(6)));

        _queue.Add(board, Now.AddSeconds(9));
        _queue.Clear();
        Assert.False(board.IsWatched);
        Assert.Empty(_queue.TakeExpired(Now.AddDays(1)));
    }

    private static DeviceEntry Entry(int number)
    {
        DeviceIdentity identity = new($"01{number:x32}", (ulong)number, DeviceKeyKind.Hmac, OemId.OfNumber(1), Guid.Empty, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");
        return new DeviceEntry(number, identity, [], [], DeviceState.New);
    }
}
