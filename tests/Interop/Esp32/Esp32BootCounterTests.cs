using System.Globalization;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>The counter is durable before anybody sees its number, wherever power goes.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32BootCounterTests(Esp32Build build)
{
    private const string Counter = "nvs/iotattest/boots";
    private const int NoMoreCuts = 12;

    [RequiresNativeBuildTheory]
    [InlineData("esp32", "eager")]
    [InlineData("esp32", "lazy")]
    [InlineData("esp32c3", "eager")]
    [InlineData("esp32c3", "lazy")]
    public void No_number_comes_twice_wherever_power_goes(string program, string nvs)
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.Of(program));
        board.Always($"nvs {nvs}");
        List<ulong> seen = [];
        int cuts = 0;
        for (int step = 0; step < NoMoreCuts; step++)
        {
            board.Run(build.Program(program));
            board.Set($"cut {step}");
            string? answer = board.TryAsk("count");
            cuts += answer is null ? 1 : 0;
            if (answer is not null)
            {
                seen.Add(ulong.Parse(answer, CultureInfo.InvariantCulture));
            }
        }

        Assert.InRange(cuts, 4, NoMoreCuts - 2);
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.InRange(seen[^1], (ulong)seen.Count, (ulong)NoMoreCuts);
    }

    [RequiresNativeBuildFact]
    public void Each_boot_counts_one_across_resets()
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.HmacFuse);
        string[] counts = new string[3];
        for (int i = 0; i < counts.Length; i++)
        {
            board.Run(build.Program("esp32c3"));
            counts[i] = board.Ask("count");
        }

        Assert.Equal(["1", "2", "3"], counts);
    }

    [RequiresNativeBuildFact]
    public void A_counter_that_is_gone_does_not_begin_again()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3"));

        HostBoard.AssertError(NativeError.BootCounterFailed, board.Ask("boot"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x7FFFFFFFFFFFFFFE, "9223372036854775807")]
    [InlineData(0x7FFFFFFFFFFFFFFF, "refused")]
    public void The_counter_ends_before_it_leaves_63_bits(long last, string expected)
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3"));
        board.Set($"put {Counter} {Convert.ToHexString(BitConverter.GetBytes(last))}");

        Assert.Equal(expected, board.Ask("count"));
    }
}
