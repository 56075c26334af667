using System.Globalization;
using System.Text.Json.Nodes;
using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Tests.Boards;

/// <summary>What people read about a board says what <c>board.json</c> says.</summary>
public sealed class BoardReadmeTests
{
    private static readonly string[] Sections = ["## Flash it", "## Key and boot", "## With the native module", "## What locking costs", "## A product on this board"];
    private static readonly string[] KeyStorages = ["efuse-hmac", "efuse-ecdsa", "secure-element", "encrypted-flash", "protected-flash", "file-system"];
    private static readonly string[] SecureBoots = ["esp-secure-boot-v2", "mcuboot", "none"];

    public static TheoryData<string> Folders => new(BoardFiles.Folders);

    [Fact]
    public void Every_folder_but_the_samples_is_a_board() =>
        Assert.All(
            Directory.GetDirectories(BoardFiles.Folder).Where(folder => Path.GetFileName(folder) != "samples"),
            folder => Assert.True(File.Exists(Path.Combine(folder, "board.json")), folder));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_board_names_the_schema_and_uses_the_words_it_lists(string folder)
    {
        JsonNode json = JsonNode.Parse(BoardFiles.Text(folder))!;

        Assert.Equal("../board.schema.json", json["$schema"]!.GetValue<string>());
        Assert.Contains(json["keyStorage"]!.GetValue<string>(), KeyStorages);
        Assert.Contains(json["secureBoot"]!.GetValue<string>(), SecureBoots);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_board_names_its_flash_size(string folder)
    {
        BoardDescription board = BoardFiles.Read(folder);

        Assert.Contains($", {board.FlashSize >> 20} MB ", board.Name + " ", StringComparison.Ordinal);
        Assert.Contains($"{board.FlashSize >> 20} MB", Readme(folder), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_board_measures_all_that_starts_it_and_nothing_that_differs_per_unit(string folder)
    {
        string[] expected = folder.StartsWith("ESP32", StringComparison.Ordinal) ? ["bootloader", "partitions", "clr", "deployment"] : ["bootloader", "clr", "deployment"];

        Assert.Equal(expected, BoardFiles.Read(folder).Measured.Select(region => region.Name));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_table_of_a_readme_is_the_flash_map(string folder)
    {
        BoardDescription board = BoardFiles.Read(folder);

        MarkdownTable table = MarkdownTable.After("| Region |", Readme(folder));

        Assert.Equal(board.Regions, table.Rows.Select(row => new BoardRegion(
            row["Region"], Hex(row.GetValueOrDefault("Offset") ?? row["From"]), Hex(row["Length"]), row["Measured"] == "yes")));
        Assert.All(table.Rows.Where(row => row.ContainsKey("Address")), row => Assert.Equal(board.FlashBase + Hex(row["Offset"]), Hex(row["Address"])));
        Assert.Equal(board.FlashBase != 0, table.Rows[0].ContainsKey("Address"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_readme_says_what_locking_costs_and_that_hardware_is_outstanding(string folder)
    {
        string readme = Readme(folder);

        Assert.All(Sections, section => Assert.Contains(section + "\n", readme, StringComparison.Ordinal));
        Assert.Contains("**Runs on physical hardware are outstanding.**", readme, StringComparison.Ordinal);
        Assert.Contains($"--target {folder} ", readme, StringComparison.Ordinal);
        Assert.Contains($"cmake --preset {folder} ", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_boards_is_complete_and_right()
    {
        string[] expected = [.. BoardFiles.Folders.Select(Describe).Order()];

        MarkdownTable table = MarkdownTable.After("| Folder |", File.ReadAllText(Path.Combine(BoardFiles.Folder, "README.md")));

        Assert.Equal(expected, table.Rows.Select(row => $"{row["Folder"].Trim('`')} {row["Flash"]} {Hex(row["Deployment at"]):X} {row["Key"]}").Order());
    }

    // Sources: boot loader offsets and partition tables of the 1.17 line, release linker scripts for STM32.
    [Theory]
    [InlineData("ESP32_REV3", 0x1000, 0x1D0000, 0x1E0000, 0x1C0000, "encrypted-flash")]
    [InlineData("ESP32_PSRAM_REV3", 0x1000, 0x1D0000, 0x1E0000, 0x1C0000, "encrypted-flash")]
    [InlineData("ESP32_S2", 0x1000, 0x1A0000, 0x1B0000, 0x1F0000, "efuse-hmac")]
    [InlineData("ESP32_S3_OCTAL", 0x0, 0x1A0000, 0x1B0000, 0x2E0000, "efuse-hmac")]
    [InlineData("ESP32_C3", 0x0, 0x1A0000, 0x1B0000, 0x1F0000, "efuse-hmac")]
    [InlineData("ESP32_C5_THREAD", 0x2000, 0x240000, 0x250000, 0x170000, "efuse-hmac")]
    [InlineData("ESP32_C61", 0x0, 0x240000, 0x250000, 0x170000, "efuse-ecdsa")]
    [InlineData("ESP32_P4", 0x2000, 0x1A0000, 0x1B0000, 0x2E0000, "efuse-ecdsa")]
    [InlineData("ORGPAL_PALTHREE", 0x0, 0xB0000, 0xC0000, 0x140000, "protected-flash")]
    public void The_maps_are_those_of_the_firmware(string folder, uint boot, uint clrSize, uint deploy, uint deploySize, string key)
    {
        BoardDescription board = BoardFiles.Read(folder);

        Assert.Equal(boot, board.Find("bootloader")!.Offset);
        Assert.Equal(new BoardRegion("clr", 0x10000, clrSize, true), board.Find("clr"));
        Assert.Equal(new BoardRegion("deployment", deploy, deploySize, true), board.Find("deployment"));
        Assert.Equal(key, board.KeyStorage);
    }

    private static string Describe(string folder)
    {
        BoardDescription board = BoardFiles.Read(folder);
        return $"{folder} {board.FlashSize >> 20} MB {board.ProgrammingAddress:X} {board.KeyStorage}";
    }

    private static string Readme(string folder) => File.ReadAllText(Path.Combine(BoardFiles.Folder, folder, "README.md"));

    private static uint Hex(string text) => uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
