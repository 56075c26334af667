using System.Security.Cryptography;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>The factory's line over the port: once, in an order that no power cut turns into half a board.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32ProvisioningTests(Esp32Build build)
{
    private const string AlreadyProvisioned = "error 3";
    private const string KeyRefused = "error 4";
    private const string StoreFailed = "error 5";
    private const int MostSteps = 40;

    [RequiresNativeBuildTheory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    [InlineData("esp32c61")]
    public void A_board_is_provisioned_once(string program)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = Esp32Sample.Provisioned(build, kind);

        Assert.Equal(AlreadyProvisioned, board.Ask(Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key)));

        board.Run(build.Program(kind.Factory));
        Assert.Equal(AlreadyProvisioned, board.Ask(Esp32Sample.Request(kind.Algorithm, [.. Esp32Sample.Key.Reverse()])));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3")]
    [InlineData("esp32c61")]
    public void The_key_block_is_protected_from_reading_writing_and_another_purpose(string program)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = Esp32Sample.Provisioned(build, kind);

        Assert.Equal($"{kind.Purpose} 1 1 1 1", board.Ask("blocks").Split(',')[0]);
        Assert.All(board.Ask("blocks").Split(',')[1..], block => Assert.Equal("0 0 0 0 0", block));
    }

    [RequiresNativeBuildFact]
    public void A_key_made_on_the_chip_never_leaves_it_and_signs()
    {
        using Esp32Board board = Esp32Kind.EcdsaFuse.New();
        board.Run(build.Program("esp32c61-factory"));
        string[] words = board.Ask(Esp32Sample.Request(Esp32Kind.Es256, key: null)).Split(' ');
        byte[] point = Convert.FromHexString(words[2]);
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..32], Y = point[32..] },
        });

        byte[] message = [1, 2, 3];
        board.Run(build.Program("esp32c61"));
        byte[] signature = Convert.FromHexString(board.Ask("sign es256 010203"));

        Assert.True(key.VerifyData(message, signature, HashAlgorithmName.SHA256));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32", "eager")]
    [InlineData("esp32", "lazy")]
    [InlineData("esp32c3", "eager")]
    [InlineData("esp32c3", "lazy")]
    [InlineData("esp32c61", "lazy")]
    public void Wherever_power_goes_the_board_is_whole_or_can_be_provisioned_again(string program, string nvs)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        int cuts = 0;
        for (int step = 0; step < MostSteps && CutAndTryAgain(kind, nvs, step); step++)
        {
            cuts++;
        }

        Assert.InRange(cuts, 8, MostSteps - 1);
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", 1)]
    [InlineData("esp32c3", 5)]
    [InlineData("esp32c61", 1)]
    public void Each_try_that_NVS_fails_costs_a_block_that_nobody_can_read(string program, int failures)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(kind.Factory));
        string request = Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key);
        board.Set($"nvsfails {failures}");
        for (int i = 0; i < failures; i++)
        {
            Assert.Equal(StoreFailed, board.Ask(request));
        }

        Assert.StartsWith("provisioned ", board.Ask(request), StringComparison.Ordinal);

        string[] blocks = board.Ask("blocks").Split(',');
        Assert.All(blocks[..failures], block => Assert.Equal("0 1 1 0 1", block));
        Assert.Equal($"{kind.Purpose} 1 1 1 1", blocks[failures]);
    }

    [RequiresNativeBuildFact]
    public void A_board_without_a_free_block_stays_unprovisioned()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3-factory"));
        string request = Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key);
        board.Set("nvsfails 6");
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(StoreFailed, board.Ask(request));
        }

        AssertNoKeyIsReadable(board);
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", 4)]
    [InlineData("esp32c3", 9)]
    [InlineData("esp32c61", 9)]
    public void Key_bits_that_an_earlier_try_left_readable_are_protected_before_another_block_is_taken(string program, int block)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(kind.Factory));
        board.Set($"block {block} 0 {Convert.ToHexString(Esp32Sample.Key)} 0");

        Assert.StartsWith("provisioned ", board.Ask(Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key)), StringComparison.Ordinal);

        Assert.Equal("0 1 1 0 1", board.Ask("blocks").Split(',')[block - 4]);
        AssertNoKeyIsReadable(board);
    }

    [RequiresNativeBuildTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_a_block_cannot_be_read_protected_the_board_is_not_provisioned(bool hasLeftOver)
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3-factory"));
        board.Set("stuck 1");
        if (hasLeftOver)
        {
            board.Set($"block 4 0 {Convert.ToHexString(Esp32Sample.Key)} 0");
        }

        string request = Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key);
        Assert.Equal(StoreFailed, board.Ask(request));
        Assert.Equal(StoreFailed, board.Ask(request));

        Assert.All(board.Ask("blocks").Split(','), block => Assert.StartsWith("0 ", block, StringComparison.Ordinal));
        Assert.Single(board.Ask("blocks").Split(','), block => block.EndsWith(" 1", StringComparison.Ordinal)); // the second try burns no more bits
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32", Esp32Kind.Es256, KeyRefused)]
    [InlineData("esp32c3", Esp32Kind.Es256, KeyRefused)]
    [InlineData("esp32c61", Esp32Kind.Hmac, StoreFailed)]
    public void A_key_that_the_chip_cannot_hold_is_refused_and_leaves_nothing(string program, byte algorithm, string expected)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(kind.Factory));
        string before = board.Ask("blocks");

        Assert.Equal(expected, board.Ask(Esp32Sample.Request(algorithm, Esp32Sample.Key)));

        Assert.Equal(before, board.Ask("blocks"));
        Assert.Equal("refused", board.Ask("identity"));
    }

    [RequiresNativeBuildFact]
    public void After_secure_boot_has_closed_the_read_protections_no_key_is_burned()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3-factory"));
        board.Set("fuse WR_DIS_RD_DIS 1");

        Assert.Equal(StoreFailed, board.Ask(Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key)));
        Assert.All(board.Ask("blocks").Split(','), block => Assert.Equal("0 0 0 0 0", block));
    }

    [RequiresNativeBuildTheory]
    [InlineData("crypt 0")]
    [InlineData("crypt 1")]
    public void A_key_does_not_go_into_flash_without_flash_encryption_in_release_mode(string encryption)
    {
        using Esp32Board board = Esp32Kind.Stored.New();
        board.Instead("crypt", encryption);
        board.Run(build.Program("esp32-factory"));

        Assert.Equal(StoreFailed, board.Ask(Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key)));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", 5, true)]
    [InlineData("esp32c3", 6, false)]
    [InlineData("esp32c61", 4, true)]
    [InlineData("esp32c61", 5, false)]
    public void Blocks_in_use_are_left_alone_and_the_last_one_takes_no_ECDSA_key(string program, int usedBlocks, bool hasRoom)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = kind.New();
        board.Run(build.Program(kind.Factory));
        for (int i = 0; i < usedBlocks; i++)
        {
            board.Set($"block {4 + i} 9 {Convert.ToHexString(Esp32Sample.Key)} 0");
        }

        string answer = board.Ask(Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key));

        Assert.Equal(hasRoom, answer.StartsWith("provisioned ", StringComparison.Ordinal));
    }

    [RequiresNativeBuildFact]
    public void The_console_answers_lines()
    {
        using Esp32Board board = Esp32Kind.HmacFuse.New();
        board.Run(build.Program("esp32c3-factory"));

        string? answer = board.TryAsk($"console\r\nnonsense\n\n{Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key)}");

        Assert.Equal("error 1", answer);
        Assert.StartsWith("provisioned ", board.Ask(string.Empty), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void The_console_reads_past_the_C_library_whose_buffer_would_keep_the_key()
    {
        string symbols = Esp32Build.Run("nm", build.Program("libesp32c3-factory-port.a"));

        Assert.Contains("U read", symbols, StringComparison.Ordinal);
        Assert.DoesNotMatch("U (stdin|getchar|getc|fgets|fread)\n", symbols);
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    [InlineData("esp32c5")]
    [InlineData("esp32c61")]
    public void A_product_has_no_code_that_takes_a_key(string program)
    {
        string symbols = Esp32Build.Run("nm", "--demangle", build.Program(program));

        Assert.Contains("iotattest::Attester::boot", symbols, StringComparison.Ordinal);
        Assert.DoesNotContain("provision", symbols, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("esp_efuse_write", string.Join('\n', symbols.Split('\n').Where(line => line.Contains(" U ", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    // "PURPOSE READ-PROTECTED WRITE-PROTECTED PURPOSE-PROTECTED USED" of each block.
    private static void AssertNoKeyIsReadable(Esp32Board board) =>
        Assert.All(board.Ask("blocks").Split(','), block => Assert.True(block == "0 0 0 0 0" || block.Split(' ')[1..3] is ["1", "1"], block));

    // False when provisioning ended before that step.
    private bool CutAndTryAgain(Esp32Kind kind, string nvs, int step)
    {
        using Esp32Board board = kind.New();
        board.Always($"nvs {nvs}");
        board.Run(build.Program(kind.Factory));
        board.Set($"cut {step}");
        string request = Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key);
        if (board.TryAsk(request) is not null)
        {
            return false;
        }

        board.Run(build.Program(kind.Factory));
        string again = board.Ask(request);
        Assert.True(again == AlreadyProvisioned || again.StartsWith("provisioned ", StringComparison.Ordinal), $"step {step}: {again}");
        AssertNoKeyIsReadable(board);

        board.Run(build.Program(kind.Program));
        board.Set("boot");
        Assert.StartsWith("evidence ", board.Ask($"attest {Esp32Sample.Nonce}"), StringComparison.Ordinal);
        return true;
    }
}
