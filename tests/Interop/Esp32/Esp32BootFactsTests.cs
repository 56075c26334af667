namespace IotAttest.Interop.Tests.Esp32;

/// <summary>RFC 9711 sections 4.2.8 and 4.2.9, from fuses; README.md of the port explains the table.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32BootFactsTests(Esp32Build build)
{
    [RequiresNativeBuildTheory]
    [InlineData("esp32", false, "", "0 0")]
    [InlineData("esp32", true, "", "1 0")]
    [InlineData("esp32", true, "UART_DOWNLOAD_DIS=1", "1 0")]
    [InlineData("esp32", true, "JTAG_DISABLE=1", "1 2")]
    [InlineData("esp32", false, "JTAG_DISABLE=1 UART_DOWNLOAD_DIS=1", "0 2")]
    [InlineData("esp32", true, "JTAG_DISABLE=1 UART_DOWNLOAD_DIS=1", "1 3")]
    [InlineData("esp32c3", true, "DIS_PAD_JTAG=1", "1 0")]
    [InlineData("esp32c3", true, "DIS_USB_JTAG=1", "1 0")]
    [InlineData("esp32c3", true, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1", "1 2")]
    [InlineData("esp32c3", true, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1 DIS_DOWNLOAD_MODE=1", "1 3")]
    [InlineData("esp32c3", false, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1 DIS_DOWNLOAD_MODE=1", "0 2")]
    [InlineData("esp32c3", true, "SOFT_DIS_JTAG=1", "1 0")]
    [InlineData("esp32c3", true, "SOFT_DIS_JTAG=2", "1 0")]
    [InlineData("esp32c3", true, "SOFT_DIS_JTAG=3", "1 2")]
    [InlineData("esp32c3", true, "SOFT_DIS_JTAG=3 DIS_DOWNLOAD_MODE=1", "1 2")]
    [InlineData("esp32c61", true, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1 DIS_DOWNLOAD_MODE=1", "1 3")]
    [InlineData("esp32c61", true, "SOFT_DIS_JTAG=3 DIS_DOWNLOAD_MODE=1", "1 0")]
    public void Fuses_say_how_open_the_chip_is(string program, bool hasSecureBoot, string fuses, string expected)
    {
        using Esp32Board board = Esp32Kind.Of(program).New();
        board.Run(build.Program(program));
        board.Set($"secureboot {(hasSecureBoot ? 1 : 0)}");
        Burn(board, fuses);

        Assert.Equal(expected, board.Ask("facts"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(5)]
    [InlineData(6)]
    public void A_key_that_brings_JTAG_back_makes_its_state_unknown(int purpose)
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3"));
        board.Set("secureboot 1");
        board.Set($"block 4 {purpose} {Convert.ToHexString(Esp32Sample.Key)} 1");
        Burn(board, "SOFT_DIS_JTAG=3");

        Assert.Equal("1 -1", board.Ask("facts"));

        Burn(board, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1 DIS_DOWNLOAD_MODE=1");
        Assert.Equal("1 3", board.Ask("facts"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    [InlineData("esp32c61")]
    public void Fuses_that_cannot_be_read_are_unknown(string program)
    {
        using Esp32Board board = Esp32Kind.Of(program).New();
        board.Run(build.Program(program));
        board.Set("unreadable 1");

        Assert.Equal("0 -1", board.Ask("facts"));
    }

    [RequiresNativeBuildFact]
    public void A_build_with_the_interpreters_debugger_is_open_whatever_the_fuses_say()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3-factory"));
        board.Set("secureboot 1");
        Burn(board, "DIS_PAD_JTAG=1 DIS_USB_JTAG=1 DIS_DOWNLOAD_MODE=1");

        Assert.Equal("1 0", board.Ask("facts"));
    }

    private static void Burn(Esp32Board board, string fuses)
    {
        foreach (string fuse in fuses.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            board.Set($"fuse {fuse.Replace('=', ' ')}");
        }
    }
}
