namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>What the module learns from the interpreter: loaded assemblies, writes, time.</summary>
[Collection(NanoClrTests.Name)]
public sealed class ClrFactsTests(NanoClrBuild build)
{
    [RequiresNativeBuildFact]
    public void Assemblies_in_measured_flash_are_fine()
    {
        using ClrBoard board = new(build.Program);
        board.Set("assembly 0 500");
        board.Set("gap");
        board.Set($"assembly {ClrBoard.ClrBytes} {ClrBoard.DeploymentBytes}");
        board.Set("boot");

        Assert.NotEmpty(board.Attest());
    }

    [RequiresNativeBuildTheory]
    [InlineData("ram 400")]
    [InlineData("assembly 12288 400")] // first byte behind the deployment
    [InlineData("assembly 8192 4097")] // one byte too long
    [InlineData("assembly 4096 0")]
    public void An_assembly_elsewhere_yields_an_error(string assembly)
    {
        using ClrBoard board = new(build.Program);
        board.Set("assembly 4096 400");
        board.Set("gap");
        board.Set(assembly);
        board.Set("boot");
        Assert.Equal(0, board.Begin(ClrBoard.Challenge));
        Assert.Equal(0, board.StepToEnd());

        Assert.Equal(-(int)NativeError.AssemblyOutside, board.Call(NativeMethod.Finish, "zeros 768").Result);
    }

    [RequiresNativeBuildFact]
    public void A_full_list_is_looked_through_to_its_last_slot()
    {
        using ClrBoard board = new(build.Program);
        for (int i = 0; i < 63; i++)
        {
            board.Set("assembly 4096 400");
        }

        board.Set("ram 400");
        board.Set("boot");
        Assert.Equal(0, board.Begin(ClrBoard.Challenge));
        Assert.Equal(0, board.StepToEnd());

        Assert.Equal(-(int)NativeError.AssemblyOutside, board.Call(NativeMethod.Finish, "zeros 768").Result);
    }

    [RequiresNativeBuildTheory]
    [InlineData("write 0 1")]
    [InlineData("write 4096 4")]
    [InlineData("write 12287 1")]
    public void A_write_to_a_measured_region_ends_the_evidence_until_the_next_start(string write)
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        Assert.NotEmpty(board.Attest());

        board.Set(write);
        Assert.Equal((int)NativeError.WrittenSinceBoot, board.Begin(ClrBoard.Challenge));

        board.Set("boot");
        Assert.Equal(43UL, DecodedEvidence.Of(board.Attest()).Claims.Counters.BootCount);
    }

    [RequiresNativeBuildTheory]
    [InlineData("write 12288 1")]
    [InlineData("write 4096 0")]
    public void Another_write_does_not(string write)
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);

        board.Set(write);

        Assert.NotEmpty(board.Attest());
    }

    [RequiresNativeBuildFact]
    public void Uptime_counts_seconds_since_boot()
    {
        using ClrBoard board = new(build.Program);
        board.Set("tick 5000");
        board.Set("boot");
        board.Set("tick 7999");
        Assert.Equal(2UL, Uptime(board));

        board.Set("tick 8000");
        Assert.Equal(3UL, Uptime(board));

        board.Set("boot");
        Assert.Equal(0UL, Uptime(board));
    }

    [RequiresNativeBuildFact]
    public void Uptime_never_falls_when_the_tick_starts_again()
    {
        using ClrBoard board = ClrBoard.Booted(build.Program);
        board.Set($"tick {uint.MaxValue}");
        ulong before = Uptime(board);

        board.Set("tick 5000");

        Assert.Equal(4294967UL, before);
        Assert.Equal(before + 5, Uptime(board));
    }

    private static ulong Uptime(ClrBoard board) => DecodedEvidence.Of(board.Attest()).Claims.Counters.UptimeSeconds;
}
