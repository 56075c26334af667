namespace IotAttest.Interop.Tests.Esp32;

/// <summary>Only a key that the chip itself protects, and only the one there is, authenticates anything.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32KeyTests(Esp32Build build)
{
    private const string Refused = "refused";

    private static readonly string Secret = Convert.ToHexString(Esp32Sample.Key);

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", "hmac", 0, Refused)]
    [InlineData("esp32c3", "hmac", 1, null)]
    [InlineData("esp32c61", "es256", 0, Refused)]
    [InlineData("esp32c61", "es256", 1, null)]
    public void A_key_block_that_is_not_read_protected_is_refused(string program, string algorithm, int isReadProtected, string? expected)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(program));
        board.Set($"block 7 {kind.Purpose} {Secret} {isReadProtected}");

        string answer = board.Ask($"sign {algorithm} 00");

        Assert.Equal(expected is not null, answer == Refused);
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", "hmac")]
    [InlineData("esp32c61", "es256")]
    public void Two_blocks_of_the_purpose_are_refused_and_another_purpose_does_not_count(string program, string algorithm)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(program));
        board.Set($"block 4 5 {Secret} 1");
        Assert.Equal(Refused, board.Ask($"sign {algorithm} 00"));

        board.Set($"block 5 {kind.Purpose} {Secret} 1");
        Assert.NotEqual(Refused, board.Ask($"sign {algorithm} 00"));

        board.Set($"block 6 {kind.Purpose} {Secret} 1");
        Assert.Equal(Refused, board.Ask($"sign {algorithm} 00"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32", "es256")]
    [InlineData("esp32c3", "es256")]
    [InlineData("esp32c61", "hmac")]
    [InlineData("esp32c61", "esp256")]
    public void A_key_serves_one_algorithm(string program, string other)
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.Of(program));

        Assert.Equal(Refused, board.Ask($"sign {other} 00"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("crypt 0")]
    [InlineData("crypt 1")]
    public void A_key_in_flash_is_refused_without_flash_encryption_in_release_mode(string encryption)
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.Stored);
        Assert.NotEqual(Refused, board.Ask("sign hmac 00"));

        board.Instead("crypt", encryption);
        board.Run(build.Program("esp32"));

        Assert.Equal(Refused, board.Ask("sign hmac 00"));
        Assert.Equal(Refused, board.Ask("identity"));
    }

    [RequiresNativeBuildFact]
    public void A_key_in_flash_is_refused_without_the_partition_of_NVS_keys()
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.Stored);
        board.Never("partition 1 4");
        board.Run(build.Program("esp32"));

        Assert.Equal(Refused, board.Ask("sign hmac 00"));
    }

    [RequiresNativeBuildFact]
    public void A_board_without_a_key_boots_but_gives_no_evidence()
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.HmacFuse);
        board.Run(build.Program("esp32c3"));
        board.Set($"block 4 0 {Secret} 1");
        board.Set("boot");

        HostBoard.AssertError(NativeError.AuthenticationFailed, board.Ask($"attest {Esp32Sample.Nonce}"));
    }
}
