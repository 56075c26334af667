namespace IotAttest.Interop.Tests.Esp32;

/// <summary>The boot seed is drawn before RF is up: it rests on what app_main collected while the noise source was on.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32EntropyTests(Esp32Build build)
{
    [RequiresNativeBuildFact]
    public void There_is_no_boot_seed_where_no_entropy_was_collected()
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.HmacFuse);
        board.Never("entropy");
        board.Run(build.Program("esp32c3"));

        Assert.Equal("refused", board.Ask("random 16"));
        HostBoard.AssertError(NativeError.RandomFailed, board.Ask("boot"));
    }

    [RequiresNativeBuildFact]
    public void Bytes_differ_between_runs_and_calls_although_the_generator_alone_repeats_itself()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        HashSet<string> seen = [];
        for (int run = 0; run < 3; run++)
        {
            board.Run(build.Program("esp32c3"));
            Assert.True(seen.Add(board.Ask("random 16")));
            Assert.True(seen.Add(board.Ask("random 16")));
        }

        Assert.Equal(40 * 2, board.Ask("random 40").Length);
    }

    [RequiresNativeBuildFact]
    public void The_noise_source_is_switched_once_a_reset()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3"));
        board.Set("entropy");

        _ = board.Ask("random 32");

        Assert.Equal("1", board.Ask("draws"));
    }
}
