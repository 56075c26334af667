using System.Security.Cryptography;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>What is measured, what counts as a write, and where assemblies may lie.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32FlashTests(Esp32Build build)
{
    private const int StepBytes = 4096;

    [RequiresNativeBuildFact]
    public void Under_flash_encryption_an_erased_tail_measures_as_erased()
    {
        Esp32Map map = Esp32Map.Of("ESP32_REV3");
        byte[] plain = Esp32Sample.Flash(map);
        using Esp32Board board = Esp32Kind.Encrypted(map, plain, isDeploymentEncrypted: true);
        board.Run(build.Program("esp32-factory"));
        Assert.StartsWith("provisioned ", board.Ask(Esp32Sample.Request(Esp32Kind.Hmac, Esp32Sample.Key)), StringComparison.Ordinal);
        board.Run(build.Program("esp32"));
        board.Set("boot");

        DecodedEvidence evidence = DecodedEvidence.Of(board.Attest(SampleBoard.Nonce));

        Assert.All(map.Measured, region => Assert.Equal(SHA256.HashData(plain.AsSpan(region.Offset, region.Length)), evidence.DigestOf(region.Name)));
        string[] encrypted = [.. board.Ask("regions").Split(',').Select(region => region.Split(' ')[2])];
        Assert.Equal(["1", "1", "1", "1"], encrypted);
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32", true)]
    [InlineData("esp32", false)]
    [InlineData("esp32c3", true)]
    [InlineData("esp32c3", false)]
    public void Under_flash_encryption_a_deployment_in_plain_is_not_what_runs_and_gets_no_evidence(string program, bool isDeploymentEncrypted)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        Esp32Map map = Esp32Map.Of(kind.Board);
        byte[] plain = Esp32Sample.Flash(map);
        using Esp32Board board = Esp32Kind.Encrypted(map, plain, isDeploymentEncrypted);
        board.Run(build.Program(kind.Factory));
        Assert.StartsWith("provisioned ", board.Ask(Esp32Sample.Request(kind.Algorithm, Esp32Sample.Key)), StringComparison.Ordinal);
        board.Run(build.Program(program));
        Esp32Map.Region deployment = map.Named("deployment");
        string written = Convert.ToHexString(SHA256.HashData(plain.AsSpan(deployment.Offset, deployment.Length / 2)));
        Assert.Equal(isDeploymentEncrypted, written.Equals(board.Ask($"mapped {deployment.Length / 2}"), StringComparison.OrdinalIgnoreCase));

        string answer = board.Ask("boot");

        Assert.Equal(isDeploymentEncrypted ? "ok" : $"error {(int)NativeError.BadRegion}", answer);
        Assert.Equal(isDeploymentEncrypted, board.Ask($"attest {Esp32Sample.Nonce}").StartsWith("evidence ", StringComparison.Ordinal));
    }

    [RequiresNativeBuildFact]
    public void Under_flash_encryption_a_nanoCLR_in_plain_gets_no_evidence()
    {
        Esp32Map map = Esp32Map.Of("ESP32_C3");
        using Esp32Board board = Esp32Kind.Encrypted(map, Esp32Sample.Flash(map), isDeploymentEncrypted: true);
        Esp32Map.Region clr = map.Named("clr");
        board.Instead("partition 0", $"partition 0 0 {clr.Offset} {clr.Length} factory plain");
        board.Run(build.Program("esp32c3"));

        Assert.Equal("none", board.Ask("regions"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32c3", "crypt 1", false)]
    [InlineData("esp32c3", "crypt 2", true)]
    [InlineData("esp32", "crypt 1", false)]
    [InlineData("esp32c3-factory", "crypt 1", true)]
    public void Flash_encryption_in_development_mode_gives_a_shipped_firmware_no_regions(string program, string encryption, bool hasRegions)
    {
        Esp32Map map = Esp32Map.Of("ESP32_C3");
        using Esp32Board board = Esp32Kind.Encrypted(map, Esp32Sample.Flash(map), isDeploymentEncrypted: true);
        board.Instead("crypt", encryption);
        board.Run(build.Program(program));

        Assert.Equal(hasRegions, board.Ask("regions") != "none");
    }

    [RequiresNativeBuildTheory]
    [InlineData("write {0} 00", 0, true)]
    [InlineData("write {0} 00", -1, true)]
    [InlineData("erase {0} 4096", 0, true)]
    [InlineData("writeencrypted {0} 00", 0, true)]
    [InlineData("erasechip", 0, true)]
    [InlineData("write 0 00", 0, true)]
    [InlineData("write 0x8FFF 00", 0, true)]
    [InlineData("write 0x8FFF 0000", 0, true)]
    [InlineData("write 0xFFFFFFFF 00", 0, false)]
    [InlineData("write 0x9000 00", 0, false)]
    [InlineData("write 0xFFFF 00", 0, false)]
    [InlineData("write 0xFFFF 0000", 0, true)]
    [InlineData("write {1} 00", 0, false)]
    public void Every_way_to_write_or_erase_measured_flash_is_counted_and_no_other(string command, int before, bool isCounted)
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.HmacFuse);
        Esp32Map.Region deployment = board.Map.Named("deployment");
        int inside = deployment.Offset + (before < 0 ? deployment.Length + before : 0);

        board.Set(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, inside, deployment.Offset + deployment.Length));

        string answer = board.Ask($"begin {Esp32Sample.Nonce}");
        Assert.Equal(isCounted ? $"error {(int)NativeError.WrittenSinceBoot}" : "ok", answer);
    }

    [RequiresNativeBuildFact]
    public void What_a_probe_changes_shows_in_the_digest_of_its_region()
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.HmacFuse);
        byte[] before = DecodedEvidence.Of(board.Attest(SampleBoard.Nonce)).DigestOf("bootloader");

        board.Set("poke 0x7FFF 5A");

        Assert.NotEqual(before, DecodedEvidence.Of(board.Attest(SampleBoard.Nonce)).DigestOf("bootloader"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0, 100, true)]
    [InlineData(-1, 100, false)]
    [InlineData(0x1EFF9C, 100, true)]
    [InlineData(0x1EFF9C, 101, false)]
    public void Assemblies_lie_in_the_mapping_of_the_interpreters_flash_driver(int offset, int length, bool isInside)
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.HmacFuse);
        board.Set($"assembly {Esp32Board.MapAddress + offset} {length}");

        AssertAttests(board, isInside);
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x1B0000, 0x1F0000, true)]
    [InlineData(0x1B1000, 0x1F0000, false)]
    [InlineData(0x10000, 0x1F0000, false)]
    [InlineData(0x1B0000, 0x1EFFFF, false)]
    public void A_mapping_of_other_flash_than_the_deployment_vouches_for_no_assembly(int offset, int length, bool isTrusted)
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.HmacFuse);
        board.Set($"assembly {Esp32Board.MapAddress} 100");
        board.Set($"map {Esp32Board.MapAddress} {offset} {length}");

        AssertAttests(board, isTrusted);
    }

    [RequiresNativeBuildFact]
    public void Without_a_mapping_no_assembly_is_trusted()
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.HmacFuse);
        board.Set("map 0 0 0");
        AssertAttests(board, true);

        board.Set("assembly 0 100");

        AssertAttests(board, false);
    }

    [RequiresNativeBuildTheory]
    [InlineData("partition 0")]
    [InlineData("partition 1 132")]
    public void Without_nanoCLR_or_deployment_there_is_nothing_to_attest(string missing)
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.HmacFuse);
        board.Never(missing);
        board.Run(build.Program("esp32c3"));

        Assert.Equal("none", board.Ask("regions"));
        HostBoard.AssertError(NativeError.BadRegion, board.Ask("boot"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_long_read_lets_other_tasks_run_and_feeds_the_watchdog_where_the_task_is_watched(int isWatched)
    {
        using Esp32Board board = Esp32Sample.Provisioned(build, Esp32Kind.HmacFuse);
        board.Always($"watchdog {isWatched}");
        board.Run(build.Program("esp32c3"));

        board.Set("boot");

        int pauses = board.Map.Named("deployment").Length / (16 * StepBytes);
        Assert.Equal($"{pauses} {pauses * isWatched}", board.Ask("pauses"));
    }

    [Fact]
    public void The_partition_table_of_the_module_keeps_the_map_of_the_board_description()
    {
        string[][] rows =
        [
            .. File.ReadAllLines(Path.Combine(Esp32Build.Port, "partitions_iotattest_esp32_4mb.csv"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(',', StringSplitOptions.TrimEntries)),
        ];
        (string Name, int Offset, int Length)[] partitions = [.. rows.Select(row => (row[0], Convert.ToInt32(row[3], 16), Convert.ToInt32(row[4], 16)))];

        foreach (Esp32Map map in new[] { Esp32Map.Of("ESP32_REV3"), Esp32Map.Of("ESP32_PSRAM_REV3") })
        {
            Assert.Equal(
                map.Regions.Where(region => region.Offset >= 0x9000).Select(region => (Label(region.Name), region.Offset, region.Length)),
                partitions.Where(partition => partition.Name is not ("iotattest" or "nvs_keys")));
        }

        Assert.Equal(partitions.OrderBy(partition => partition.Offset), partitions);
        Assert.All(partitions.Zip(partitions.Skip(1)), pair => Assert.True(pair.First.Offset + pair.First.Length <= pair.Second.Offset));
        Assert.Equal(["deploy", "nvs_keys"], rows.Where(row => row[5] == "encrypted").Select(row => row[0]));
    }

    // The names of nanoFramework's table.
    private static string Label(string region) => region switch { "clr" => "factory", "deployment" => "deploy", "phy" => "phy_init", _ => region };

    private static void AssertAttests(Esp32Board board, bool isFine)
    {
        string answer = board.Ask($"attest {Esp32Sample.Nonce}");
        Assert.Equal(isFine ? "evidence" : $"error {(int)NativeError.AssemblyOutside}", isFine ? answer.Split(' ')[0] : answer);
    }
}
