namespace IotAttest.Cli.Tests.Serve;

public sealed class OtlpOptionTests
{
    [Theory]
    [InlineData("ftp://127.0.0.1:4318", "--otlp is")]
    [InlineData("http://192.0.2.1:4318", "--otlp is")]
    [InlineData("https://collector.example/?key=1", "--otlp is")]
    public async Task An_endpoint_that_cannot_be_right_is_refused_at_the_start(string endpoint, string says)
    {
        using CommandLine line = new();

        CommandResult option = (await line.RunAsync("serve", "--data", "@data", "--otlp", endpoint)).Ended(2);
        line.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        CommandResult variable = (await line.RunAsync("serve", "--data", "@data")).Ended(2);

        Assert.Contains(says, option.Error, StringComparison.Ordinal);
        Assert.Equal(option.Error, variable.Error);
        Assert.False(Directory.Exists(line.PathOf("data")));
    }

    [Fact]
    public async Task An_endpoint_with_a_password_is_refused_and_not_repeated()
    {
        using CommandLine line = new();
        line.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://name:word@collector.example";

        CommandResult result = (await line.RunAsync("serve", "--data", "@data")).Ended(2);

        Assert.Contains("--otlp holds", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--otlp-sample", "1.1")]
    [InlineData("--otlp-every", "0s")]
    [InlineData("--drain", "61s")]
    [InlineData("--log-format", "xml")]
    public async Task Values_out_of_range_are_refused_at_the_start(string option, string value)
    {
        using CommandLine line = new();

        CommandResult result = (await line.RunAsync("serve", "--data", "@data", option, value)).Ended(2);

        Assert.Contains(option == "--log-format" ? "'xml'" : option, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_variable_that_is_no_url_is_refused_by_its_name()
    {
        using CommandLine line = new();
        line.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector";

        CommandResult result = (await line.RunAsync("serve", "--data", "@data")).Ended(2);

        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=collector", result.Error, StringComparison.Ordinal);
    }
}
