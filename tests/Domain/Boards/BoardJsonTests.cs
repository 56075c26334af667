using System.Text.Json.Nodes;
using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Tests.Boards;

public sealed class BoardJsonTests
{
    public static TheoryData<string> Folders => new(BoardFiles.Folders);

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_board_of_the_checkout_is_taken_and_is_a_template(string folder)
    {
        BoardDescription board = BoardFiles.Read(folder);

        Assert.Equal(folder, board.Target);
        Assert.Null(board.Class);
        Assert.Null(board.OemId);
        Assert.True(File.Exists(Path.Combine(BoardFiles.Folder, folder, "README.md")));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_readme_names_the_address_for_nanoff(string folder)
    {
        string readme = File.ReadAllText(Path.Combine(BoardFiles.Folder, folder, "README.md"));
        BoardDescription board = BoardFiles.Read(folder);
        string flags = $"--address 0x{board.ProgrammingAddress.ToString(board.UsesEspFormats ? "X" : "X8")}";

        Assert.Contains(flags, readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_S3_map_is_the_one_of_its_8_MB_partition_table()
    {
        BoardDescription board = BoardFiles.Read(BoardFiles.Esp32S3);

        Assert.Equal(0x800000u, board.FlashSize);
        Assert.Equal(0x1B0000u, board.DeployAddress);
        Assert.Equal(["bootloader", "partitions", "clr", "deployment"], board.Measured.Select(region => region.Name));
        Assert.Equal(new BoardRegion("clr", 0x10000, 0x1A0000, true), board.Find("clr"));
        Assert.Equal("efuse-hmac", board.KeyStorage);
        Assert.Equal("esp-secure-boot-v2", board.SecureBoot);
        Assert.True(board.UsesEspFormats);
    }

    [Fact]
    public void The_STM32_counts_from_the_start_of_flash_and_names_the_base()
    {
        BoardDescription board = BoardFiles.Read(BoardFiles.Stm32);

        Assert.Equal(0x08000000u, board.FlashBase);
        Assert.Equal(0x080C0000, board.ProgrammingAddress);
        Assert.False(board.UsesEspFormats);
        Assert.False(board.Find("config")!.Measured);
    }

    [Fact]
    public void Numbers_may_be_numbers_and_secure_boot_may_be_a_boolean()
    {
        string json = BoardFiles.Edited(BoardFiles.Stm32, board =>
        {
            board["flashSize"] = 0x200000;
            board["secureBoot"] = false;
            board["oemid"] = "00112233445566778899AABBCCDDEEFF";
            board["class"] = "6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e71";
        });

        BoardDescription read = BoardFiles.MustRead(json);

        Assert.Equal(0x200000u, read.FlashSize);
        Assert.Equal("none", read.SecureBoot);
        Assert.Equal("00112233445566778899aabbccddeeff", read.OemId!.RandomHex);
        Assert.Equal(Guid.Parse("6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e71"), read.Class);
    }

    [Fact]
    public void A_region_may_end_with_the_flash_and_not_one_sector_later()
    {
        string fits = BoardFiles.Edited(BoardFiles.Esp32S3, board => board["regions"]![6]!["size"] = "0x370000");
        string tooLong = BoardFiles.Edited(BoardFiles.Esp32S3, board => board["regions"]![6]!["size"] = "0x371000");

        Assert.True(BoardJson.TryRead(fits, out _, out _));
        Assert.False(BoardJson.TryRead(tooLong, out _, out BoardError? error));
        Assert.Equal("$.regions[6].size: seen an end at 0x801000; expected an end inside the flash of 0x800000; shorten the region or correct flashSize", error.Message);
    }

    [Fact]
    public void Words_suffice_on_an_STM32_where_an_ESP32_needs_sectors()
    {
        string json = BoardFiles.Edited(BoardFiles.Stm32, board => board["regions"]![1]!["size"] = "0x7FFC");
        string odd = BoardFiles.Edited(BoardFiles.Stm32, board => board["regions"]![1]!["size"] = "0x7FFE");
        string esp = BoardFiles.Edited(BoardFiles.Esp32S3, board => board["regions"]![2]!["size"] = "0x5FFC");

        Assert.True(BoardJson.TryRead(json, out _, out _));
        Assert.False(BoardJson.TryRead(odd, out _, out _));
        Assert.False(BoardJson.TryRead(esp, out _, out _));
    }

    [Fact]
    public void A_text_of_64_KiB_is_read_and_one_byte_more_is_not()
    {
        string text = BoardFiles.Text(BoardFiles.Stm32);

        Assert.True(BoardJson.TryRead(text.PadRight(BoardJson.MaxBytes), out _, out _));
        Assert.False(BoardJson.TryRead(text.PadRight(BoardJson.MaxBytes + 1), out _, out BoardError? error));
        Assert.Equal("$", error.Path);
    }

    public static TheoryData<string, string, string?> Refused => new()
    {
        { "$.name", "name", "\"\"" },
        { "$.name", "name", "\"two\\nlines\"" },
        { "$.name", "name", "7" },
        { "$.target", "target", "\"ESP32 S3\"" },
        { "$.target", "target", null },
        { "$.class", "class", "\"6e0f5f0c7f0b4a539d1c3a4b1f6c2e71\"" },
        { "$.class", "class", "\"00000000-0000-0000-0000-000000000000\"" },
        { "$.class", "class", "null" },
        { "$.oemid", "oemid", "0" },
        { "$.oemid", "oemid", "4294967296" },
        { "$.oemid", "oemid", "1.5" },
        { "$.oemid", "oemid", "\"0011\"" },
        { "$.flashSize", "flashSize", "0" },
        { "$.flashSize", "flashSize", "\"0x10000004\"" },
        { "$.flashSize", "flashSize", "\"800000\"" },
        { "$.flashSize", "flashSize", "\"0x100000000\"" },
        { "$.flashSize", "flashSize", "-4" },
        { "$.flashBase", "flashBase", "\"0xFF900000\"" },
        { "$.deployAddress", "deployAddress", "\"0x1B1000\"" },
        { "$.deployAddress", "deployAddress", null },
        { "$.keyStorage", "keyStorage", "true" },
        { "$.keyStorage", "keyStorage", "\"\"" },
        { "$.secureBoot", "secureBoot", "1" },
        { "$.secureBoot", "secureBoot", null },
        { "$.regions", "regions", "[]" },
        { "$.regions", "regions", "{}" },
        { "$.regions[0]", "regions", "[7]" },
        { "$.$schema", "$schema", "7" },
        { "$.colour", "colour", "\"red\"" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_property_is_refused_by_its_path(string path, string property, string? value)
    {
        string json = BoardFiles.Edited(BoardFiles.Esp32S3, board => Set(board, property, value));

        Assert.False(BoardJson.TryRead(json, out BoardDescription? read, out BoardError? error));

        Assert.Null(read);
        Assert.Equal(path, error.Path);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.regions[1].name", 1, "name", "\"Partitions\"")]
    [InlineData("$.regions[1].name", 1, "name", "\"bootloader\"")]
    [InlineData("$.regions[0].name", 0, "name", "\"loader\"")]
    [InlineData("$.regions[2].name", 2, "name", "\"inventory\"")]
    [InlineData("$.regions[2].name", 2, "measured", "true")]
    [InlineData("$.regions", 4, "measured", "false")]
    [InlineData("$.regions", 5, "measured", "false")]
    [InlineData("$.regions[4].measured", 4, "measured", "\"true\"")]
    [InlineData("$.regions[4].offset", 4, "offset", "\"0x10004\"")]
    [InlineData("$.regions[4].offset", 4, "offset", "\"0xF000\"")]
    [InlineData("$.regions[4].size", 4, "size", "0")]
    [InlineData("$.regions[5].offset", 4, "size", "\"0x1A1000\"")]
    [InlineData("$.regions[6].size", 6, "size", "\"0xFFFFF000\"")]
    [InlineData("$.regions[4].size", 4, "size", null)]
    [InlineData("$.regions[4].colour", 4, "colour", "1")]
    [InlineData("$.regions[0].offset", 0, "offset", "\"0x1000\"")]
    public void A_bad_region_is_refused_by_its_path(string path, int region, string property, string? value)
    {
        string json = BoardFiles.Edited(BoardFiles.Esp32S3, board =>
        {
            Set(board["regions"]![region]!.AsObject(), property, value);
            if (path == "$.regions[0].offset")
            {
                board["regions"]![0]!["size"] = "0x7000";
            }
        });

        Assert.False(BoardJson.TryRead(json, out _, out BoardError? error));

        Assert.Equal(path, error.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"name\":[[[[[1]]]]]}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"\\uD800\":1}")]
    [InlineData("{\"name\":\"\ud800\"}")]
    [InlineData("// a comment\n{}")]
    public void Text_that_is_no_such_object_is_refused_without_an_exception(string json)
    {
        Assert.False(BoardJson.TryRead(json, out _, out BoardError? error));

        Assert.StartsWith("$", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_two_regions_are_taken_and_thirty_three_are_not()
    {
        static string WithRegions(int count) => BoardFiles.Edited(BoardFiles.Stm32, board =>
        {
            board["flashSize"] = 0x300000;
            JsonArray regions = board["regions"]!.AsArray();
            for (int index = regions.Count; index < count; index++)
            {
                regions.Add(new JsonObject { ["name"] = $"r{index}", ["offset"] = 0x200000 + (index * 16), ["size"] = 16, ["measured"] = false });
            }
        });

        Assert.True(BoardJson.TryRead(WithRegions(32), out _, out _));
        Assert.False(BoardJson.TryRead(WithRegions(33), out _, out BoardError? error));
        Assert.Equal("$.regions", error.Path);
    }

    [Theory]
    [InlineData("ESP32_S3_QUAD", 9)]
    [InlineData("ESP32_C6_THREAD", 13)]
    [InlineData("ESP32_C61", 20)]
    [InlineData("ESP32_PSRAM_REV3", 0)]
    [InlineData("ESP32", 0)]
    [InlineData("M5Core2", null)]
    [InlineData("ST_STM32F769I_DISCOVERY", null)]
    public void A_target_names_its_chip(string target, int? chipId)
    {
        Assert.Equal(chipId, EspChip.ForTarget(target)?.ImageChipId);
    }

    private static void Set(JsonObject json, string property, string? value)
    {
        json.Remove(property);
        if (value is not null)
        {
            json[property] = JsonNode.Parse(value);
        }
    }
}
