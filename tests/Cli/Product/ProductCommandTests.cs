using IotAttest.Cli.Tests.Talking;

namespace IotAttest.Cli.Tests.Product;

/// <summary>What <c>product</c> sends and shows.</summary>
public sealed class ProductCommandTests : IDisposable
{
    private const string Answer = """
        {"class":"6f1c2e0a-95b4-4f0e-8a55-0d8f5d2c1b11","manufacturer":"acme","productName":"T2","modelNumber":"T2-EU","hardwareRevisions":["A"],"categories":["thermostat"],"gtin":null,
         "supportUntil":"2027-01-31","support":"ending","ackDays":5,"marketStatus":"onSale","warnings":[{"code":"SupportEnding","text":"Security updates end on 2027-01-31: 70 days left."}],
         "components":[],"changedAt":"2026-11-22T12:00:00Z","asOf":"2026-11-22T12:00:00Z"}
        """;

    private readonly CommandLine _line = new();
    private readonly Guid _class = Guid.NewGuid();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Set_sends_the_file_with_the_reason()
    {
        using StubVerifier verifier = new(_ => (201, Answer));
        string file = _line.Write("product.json", """{"productName":"T2","modelNumber":"T2-EU","categories":["thermostat"],"marketStatus":"onSale"}""");

        (await _line.RunAsync("product", "set", _class.ToString(), "--file", file, "--reason", "first", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("product", "set", _class.ToString(), "--file", file, "--server", verifier.Url)).Ended(2);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(
            ($"PUT /v1/products/{_class:D}", """{"productName":"T2","modelNumber":"T2-EU","categories":["thermostat"],"marketStatus":"onSale","reason":"first"}"""),
            (request.Line, request.Text));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_file_that_is_no_object_is_not_sent(string content)
    {
        using StubVerifier verifier = new(_ => (201, Answer));

        (await _line.RunAsync("product", "set", _class.ToString(), "--file", _line.Write("product.json", content), "--reason", "x", "--server", verifier.Url)).Ended(1);

        Assert.Empty(verifier.Requests);
    }

    [Fact]
    public async Task Show_names_warnings_and_gives_the_file_that_set_takes()
    {
        using StubVerifier verifier = new(_ => (200, Answer));

        CommandResult shown = (await _line.RunAsync("product", "show", _class.ToString(), "--at", "2026-11-22", "--server", verifier.Url)).Ended(0);
        CommandResult file = (await _line.RunAsync("product", "show", _class.ToString(), "--description", "--server", verifier.Url)).Ended(0);

        Assert.Equal([$"GET /v1/products/{_class:D}?at=2026-11-22", $"GET /v1/products/{_class:D}"], verifier.Requests.Select(request => request.Line));
        Assert.Matches("supportUntil +2027-01-31", shown.Out);
        Assert.Contains("70 days left", shown.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["productName", "modelNumber", "hardwareRevisions", "categories", "supportUntil", "ackDays", "marketStatus"],
            file.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task The_history_is_a_table()
    {
        using StubVerifier verifier = new(_ => (200, """{"class":"x","history":[{"at":"2026-11-22T12:00:00Z","decidedBy":"acme","reason":"sold out","supportUntil":"2030-06-30","changed":["marketStatus"]}]}"""));

        CommandResult result = (await _line.RunAsync("product", "show", _class.ToString(), "--history", "--server", verifier.Url)).Ended(0);

        Assert.Equal($"GET /v1/products/{_class:D}/history", Assert.Single(verifier.Requests).Line);
        Assert.Matches("2026-11-22T12:00:00Z +acme +2030-06-30 +marketStatus +sold out", result.Out);
    }

    [Fact]
    public async Task Extending_takes_a_day_and_says_the_refusal_of_a_shorter_one()
    {
        using StubVerifier verifier = new(_ => (409, """{"seen":"support until 2026-01-01","expected":"2027-01-31, which was promised, or later","do":"Support may be extended and is never shortened."}"""));

        CommandResult refused = (await _line.RunAsync("product", "extend-support", _class.ToString(), "--until", "2026-01-01", "--reason", "x", "--server", verifier.Url)).Ended(1);
        (await _line.RunAsync("product", "extend-support", _class.ToString(), "--until", "soon", "--reason", "x", "--server", verifier.Url)).Ended(2);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(($"POST /v1/products/{_class:D}/support", """{"supportUntil":"2026-01-01","reason":"x"}"""), (request.Line, request.Text));
        Assert.Contains("never shortened", refused.Error, StringComparison.Ordinal);
    }
}
