namespace IotAttest.Cli.Tests.Making;

public sealed class BoardCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public static TheoryData<string> Boards =>
        [.. Directory.GetDirectories(ProductFiles.Hardware("")).Select(Path.GetFileName).Where(name => name != "samples").Select(name => name!)];

    public void Dispose() => _line.Dispose();

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Every_board_of_the_repository_holds_together(string board)
    {
        CommandResult result = (await _line.RunAsync("board", "check", ProductFiles.Hardware($"{board}/board.json"))).Ended(0);

        Assert.Contains("none: a template", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_does_not_hold_ends_with_1_and_names_the_path()
    {
        string json = File.ReadAllText(ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json")).Replace("0xB0000", "0xB0004", StringComparison.Ordinal);

        CommandResult result = (await _line.RunAsync("board", "check", _line.Write("bad.json", json))).Ended(1);

        Assert.Contains("$.regions[3].offset", result.Error, StringComparison.Ordinal);
        Assert.Contains("expected", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage() => (await _line.RunAsync("board", "check", "@none.json")).Ended(2);

    [Fact]
    public async Task A_new_class_is_another_one_each_time_and_the_rest_stays()
    {
        string template = ProductFiles.Hardware($"{ProductFiles.Esp32}/board.json");

        CommandResult first = (await _line.RunAsync("board", "new-class", "--board", template, "--oemid", "32473", "--out", "@one.json", "--json")).Ended(0);
        CommandResult second = (await _line.RunAsync("board", "new-class", "--board", template, "--oemid", "32473", "--out", "@two.json", "--json")).Ended(0);
        CommandResult check = (await _line.RunAsync("board", "check", "@one.json", "--json")).Ended(0);

        Assert.NotEqual(first.Json.GetProperty("class").GetGuid(), second.Json.GetProperty("class").GetGuid());
        Assert.Equal(first.Json.GetProperty("class").GetGuid(), check.Json.GetProperty("class").GetGuid());
        Assert.Equal("32473", check.Json.GetProperty("oemid").GetString());
        Assert.Equal(4, check.Json.GetProperty("measured").GetArrayLength());
    }

    [Theory]
    [InlineData("Thermostat T2", 0)]
    [InlineData("Größe \"M\" \\ 2", 0)]
    [InlineData("", 2)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", 2)]
    public async Task A_new_class_takes_the_name_of_the_product(string name, int exitCode)
    {
        string template = ProductFiles.Hardware($"{ProductFiles.Esp32}/board.json");

        (await _line.RunAsync("board", "new-class", "--board", template, "--oemid", "1", "--name", name, "--out", "@b.json")).Ended(exitCode);

        Assert.Equal(exitCode == 0, File.Exists(_line.PathOf("b.json")));
        if (exitCode == 0)
        {
            Assert.True(Domain.Boards.BoardJson.TryRead(File.ReadAllText(_line.PathOf("b.json")), out Domain.Boards.BoardDescription? board, out _));
            Assert.Equal(name, board.Name);
        }
    }

    [Fact]
    public async Task A_class_that_exists_is_not_lost()
    {
        string template = ProductFiles.Hardware($"{ProductFiles.Esp32}/board.json");
        (await _line.RunAsync("board", "new-class", "--board", template, "--oemid", "1", "--out", "@b.json")).Ended(0);
        string before = File.ReadAllText(_line.PathOf("b.json"));

        (await _line.RunAsync("board", "new-class", "--board", template, "--oemid", "1", "--out", "@b.json")).Ended(2);

        Assert.Equal(before, File.ReadAllText(_line.PathOf("b.json")));
    }

    [Theory]
    [InlineData("0", 2)]
    [InlineData("1", 0)]
    [InlineData("4294967295", 0)]
    [InlineData("4294967296", 2)]
    [InlineData("acme", 2)]
    public async Task Rfc9711_4_2_3_an_oemid_is_a_private_enterprise_number(string oemid, int exitCode) =>
        (await _line.RunAsync("board", "new-class", "--board", ProductFiles.Hardware($"{ProductFiles.Esp32}/board.json"), "--oemid", oemid, "--out", "@b.json")).Ended(exitCode);
}
