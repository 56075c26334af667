using System.Runtime.Versioning;
using System.Text.Json;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task Unknown_route_wrong_method_wrong_type_and_too_much_are_problems_too()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();

        await client.GetAsync(new Uri("/nothing", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        JsonElement method = await client.DeleteAsync(new Uri("/v1/organisations", UriKind.Relative)).AssertProblemAsync(405, "WrongMethod");
        JsonElement type = await client.PostTextAsync("/v1/organisations", "{}", "text/plain").AssertProblemAsync(415, "WrongMediaType");
        await client.PostTextAsync("/v1/organisations", new string(' ', (64 * 1024) + 1)).AssertProblemAsync(413, "TooLarge");
        await client.PostTextAsync("/v1/organisations", new string(' ', (1024 * 1024) + 1)).AssertProblemAsync(413, "TooLarge");

        Assert.Contains("POST", method.Text("expected"), StringComparison.Ordinal);
        Assert.Equal("application/json", type.Text("expected"));
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers_and_no_server_name()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Anybody();

        foreach (string path in new[] { "/healthz", "/nothing" })
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Health_readiness_metrics_and_the_api_description_need_no_login()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Anybody();

        Assert.Equal("alive", (await client.GetJsonAsync("/healthz")).Text("status"));
        Assert.Equal("ready", (await client.GetJsonAsync("/readyz")).Text("status"));
        Assert.Contains("\niotattest_devices 0\n", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        JsonElement api = await client.GetJsonAsync("/openapi/v1.json");
        Assert.True(api.GetProperty("paths").TryGetProperty("/v1/devices", out _));
    }

    [Theory]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("localhost:0", true)]
    [InlineData("0.0.0.0:8080", false)]
    [InlineData("192.0.2.7:8080", false)]
    [InlineData("[::]:8080", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1:65536", false)]
    [InlineData("8080", false)]
    [InlineData("", false)]
    public void A_plain_address_must_be_loopback(string address, bool isFine)
    {
        Exception? failure = Record.Exception(() => VerifierOptionsCheck.Check(new VerifierOptions { Http = address }));

        Assert.Equal(isFine, failure is null);
        Assert.True(isFine || failure is OptionsValidationException, failure?.Message);
    }

    [Fact]
    public void Plain_addresses_elsewhere_can_be_switched_on_and_the_message_says_how()
    {
        VerifierOptions options = new() { Http = "0.0.0.0:8080", Mqtt = "0.0.0.0:1883" };

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => VerifierOptionsCheck.Check(options));
        VerifierOptionsCheck.Check(options with { AllowPlainElsewhere = true });

        Assert.Equal(2, refused.Failures.Count());
        Assert.All(refused.Failures, failure => Assert.Contains("AllowPlainElsewhere", failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    public void AttestEvery_lies_between_a_second_and_a_day(int seconds, bool isFine) =>
        Assert.Equal(isFine, Record.Exception(() => VerifierOptionsCheck.Check(new VerifierOptions { AttestEvery = TimeSpan.FromSeconds(seconds) })) is null);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_secrets_in_the_data_directory_are_for_the_owner_alone()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();

        foreach (string name in new[] { "operator.token", "secrets.key" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(verifier.DataDirectory, name)));
        }
    }

    [Fact]
    public async Task The_tokens_of_the_operator_and_of_organisations_survive_a_restart()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string before = verifier.OperatorToken;

        await verifier.RestartAsync();

        Assert.Equal(before, verifier.OperatorToken);
        using HttpClient again = verifier.With(acme.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.Equal(201, await again.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString()).StatusAsync());
    }
}
