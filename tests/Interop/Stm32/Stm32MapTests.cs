using IotAttest.Domain.Boards;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>The map that is compiled in is the one of <c>boards/</c>, and that one is the board of <c>hardware/</c> with room for state.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32MapTests(Stm32Build build)
{
    private const uint StateBytes = 0xC0000;

    public static TheoryData<string> Targets => new("ST_STM32F769I_DISCOVERY", "ORGPAL_PALTHREE");

    [RequiresNativeBuildTheory]
    [MemberData(nameof(Targets))]
    public void The_compiled_map_is_that_of_the_board_file(string target)
    {
        BoardDescription board = Native(target);
        using Stm32Chip chip = new(target == "ORGPAL_PALTHREE" ? build.PalThree : build.Board);

        BoardRegion[] compiled = [.. chip.Ask("map").Split(' ').Select(text => text.Split(':')).Select(part =>
            new BoardRegion(part[0], uint.Parse(part[1]), uint.Parse(part[2]), part[0] != "state"))];

        Assert.Equal(board.Measured, compiled.Where(region => region.Measured));
        BoardRegion state = board.Find("state")!;
        BoardRegion[] sectors = [.. compiled.Where(region => !region.Measured)];
        Assert.Equal(state.Offset, sectors[0].Offset);
        Assert.Equal(state.Offset + state.Size, sectors[^1].Offset + sectors[^1].Size);
        Assert.Equal(state.Size, sectors.Aggregate(0u, (sum, sector) => sum + sector.Size));
        Assert.Equal(board.FlashSize, state.Offset + state.Size);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Only_the_deployment_gave_room(string target)
    {
        BoardDescription native = Native(target);
        BoardDescription stock = Read(Path.Combine(SharedData.Repository, "hardware", target, "board.json"));

        Assert.Equal(stock.Regions.SkipLast(1), native.Regions.SkipLast(2));
        Assert.Equal(stock.Find("deployment")! with { Size = stock.Find("deployment")!.Size - StateBytes }, native.Find("deployment"));
        Assert.Equal((stock.Target, stock.FlashSize, stock.FlashBase, stock.DeployAddress), (native.Target, native.FlashSize, native.FlashBase, native.DeployAddress));
        Assert.Equal((stock.KeyStorage, stock.SecureBoot), (native.KeyStorage, native.SecureBoot));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x08000000, 1, true)]
    [InlineData(0x08007FFF, 1, true)]
    [InlineData(0x08008000, 0x8000, false)] // the configuration block
    [InlineData(0x08008000, 0x8001, true)]
    [InlineData(0x0800FFFF, 2, true)]
    [InlineData(0x080BFFFF, 1, true)]
    [InlineData(0x0813FFFF, 1, true)]
    [InlineData(0x08140000, 0xC0000, false)] // state
    [InlineData(0x07FFFFFF, 1, false)]
    [InlineData(0x07FFFFFF, 2, true)]
    [InlineData(0x00210000, 1, true)] // the same flash on the other bus
    [InlineData(0x00208000, 0x8000, false)]
    [InlineData(0x90000000, 0x1000, false)]
    [InlineData(0x00000000, 0xFFFFFFFF, true)]
    public void A_write_counts_when_it_touches_a_measured_region(uint address, uint count, bool measured)
    {
        using Stm32Chip chip = new(build.Board);

        Assert.Equal(measured ? "measured" : "not measured", chip.Ask($"write {address} {count}"));
    }

    private static BoardDescription Native(string target) => Read(Path.Combine(Stm32Build.Sources, "boards", $"{target}.json"));

    private static BoardDescription Read(string path)
    {
        Assert.True(BoardJson.TryRead(File.ReadAllText(path), out BoardDescription? board, out BoardError? error), error?.Message);
        return board!;
    }
}
