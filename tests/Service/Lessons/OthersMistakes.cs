using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.Lessons;

/// <summary>lessons.md section 2: what went wrong in comparable systems, one test each, named after what must never happen. Here 1 to 8: freshness, enrolment, stickiness.</summary>
[Collection(Alone.Name)]
public sealed partial class OthersMistakes : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _operator = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        _operator = _verifier.Operator();
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _operator.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    /// <summary>Keylime CVE-2026-6420. The clock stands still, so that nothing but chance tells the challenges apart.</summary>
    [Fact]
    public async Task Never_01_a_constant_or_repeated_nonce()
    {
        HashSet<string> seen = [];
        using TestBoard other = await new TestBoard(_verifier).EnrolAsync();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.True(seen.Add(Convert.ToHexString(await _board.ChallengeAsync())), "a challenge came twice");
                Assert.True(seen.Add(Convert.ToHexString(await other.ChallengeAsync())), "two boards got the same challenge");
            }

            await _verifier.RestartAsync();
        }

        Assert.Equal(800, seen.Select(challenge => challenge[16..32]).Distinct().Count());
        byte[] evidence = _board.Evidence(await _board.ChallengeAsync());
        Assert.Equal(200, await _board.SubmitAsync(evidence).StatusAsync());
        await _board.SubmitAsync(evidence).AssertProblemAsync(409, "NonceUsed");
    }

    [Fact]
    public async Task Never_02_evidence_accepted_again_for_another_challenge_or_another_device()
    {
        using TestBoard other = await new TestBoard(_verifier).EnrolAsync();
        byte[] challenge = await _board.ChallengeAsync();
        byte[] evidence = _board.Evidence(challenge);
        Assert.Equal(200, await _board.SubmitAsync(evidence).StatusAsync());

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _board.ChallengeAsync();
        await _board.SubmitAsync(evidence).AssertProblemAsync(409, "NonceUsed");
        await _board.SubmitAsync(_board.Evidence(challenge, Firmware.Tampered)).AssertProblemAsync(409, "NonceUsed");
        await other.SubmitAsync(other.Evidence(await _board.ChallengeAsync())).AssertProblemAsync(422, "NonceNotFresh");
        await other.SubmitAsync(other.Evidence(await other.ChallengeAsync(), ueid: _board.Ueid)).AssertProblemAsync(403, "IdentityMismatch");
        Assert.Equal("Unknown", (await other.DeviceAsync()).Text("conformity"));
    }

    [Fact]
    public async Task Never_03_an_id_registered_again_with_another_key()
    {
        foreach (JsonObject record in new[] { Boards.Hmac(_board.Ueid), Boards.P256(_board.Ueid) })
        {
            await _operator.PostTextAsync("/v1/devices", record.ToJsonString()).AssertProblemAsync(409, "Conflict");
        }

        Assert.Equal("Unknown", (await _board.AttestAsync()).Text("conformity"));
    }

    /// <summary>Keylime CVE-2026-1709 and CVE-2023-38201.</summary>
    [Fact]
    public async Task Never_04_a_route_that_writes_reachable_without_credentials()
    {
        string[] forBoardsAndReaders = ["/v1/challenges", "/v1/evidence", "/verify", "/sign-in", "/sign-out"];

        // These write nothing, and answer who knows a secret path; see BoardAccessTests.
        const string ForClusters = "/v1/rabbitmq/";
        RouteEndpoint[] writing = [.. _verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0] != "GET" && !forBoardsAndReaders.Contains(route.RoutePattern.RawText!.TrimEnd('/'))
                && !route.RoutePattern.RawText.StartsWith(ForClusters, StringComparison.Ordinal))];
        using HttpClient anybody = _verifier.Anybody();
        using HttpClient withPassword = _verifier.With(_board.Credential);

        Assert.True(writing.Length > 30, $"{writing.Length} routes were found");
        foreach (RouteEndpoint route in writing)
        {
            Assert.Null(route.Metadata.GetMetadata<PublicRoute>());
            string path = string.Join('/', route.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"));
            foreach (HttpClient client in new[] { anybody, withPassword })
            {
                using HttpRequestMessage request = new(new HttpMethod(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]), $"/{path}");
                using HttpResponseMessage response = await client.SendAsync(request);

                // A form of a page is refused for its missing origin and form token before anybody asks who sends it.
                Assert.True((int)response.StatusCode == 401 || (!path.StartsWith("v1/", StringComparison.Ordinal) && (int)response.StatusCode == 403), $"{request.Method} /{path}: {(int)response.StatusCode}");
            }
        }
    }

    /// <summary>rust-keylime issue 835.</summary>
    [Theory]
    [InlineData("0.0.0.0:8080")]
    [InlineData("[::]:8080")]
    [InlineData("192.0.2.1:80")]
    public void Never_05_registration_over_plain_http_unless_it_was_switched_on_by_name(string address)
    {
        Assert.Throws<OptionsValidationException>(() => VerifierOptionsCheck.Check(new VerifierOptions { Http = address }));
        Assert.Throws<OptionsValidationException>(() => VerifierOptionsCheck.Check(new VerifierOptions { Mqtt = address }));
        Assert.Equal("127.0.0.1:8080", new VerifierOptions().Http);
    }

    [Fact]
    public async Task Never_06_a_failure_that_turns_into_a_pass_by_itself_or_through_a_timeout()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await AttestAsync();
        Assert.Equal("Compromised", (await AttestAsync(Firmware.Tampered)).Text("conformity"));

        Assert.Equal(["UnknownMeasurement"], (await AttestAsync()).Drift());
        await _verifier.RestartAsync();
        Assert.Equal("Compromised", (await AttestAsync()).Text("conformity"));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("Compromised", (await AsOperatorAsync()).Text("conformity"));
        Assert.Equal("Compromised", (await AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task Never_07_a_pass_kept_for_ever_by_a_silent_device_or_restored_by_a_restart()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        JsonElement passed = await AttestAsync();
        DateTimeOffset expiry = passed.GetProperty("expiresAt").GetDateTimeOffset();

        _clock.Advance(expiry - _clock.GetUtcNow());
        Assert.Equal("Conformant", (await AsOperatorAsync()).Text("conformity"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Stale", (await AsOperatorAsync()).Text("conformity"));
        await _verifier.RestartAsync();
        Assert.Equal("Stale", (await AsOperatorAsync()).Text("conformity"));
        Assert.Equal("Stale", (await GateAsync(_board.Ueid, "deny"))[0]);
    }

    /// <summary>Keylime issue 1091: what the verifier did not see while it was away is said when it is back.</summary>
    [Fact]
    public async Task Never_08_a_dead_verifier_leaves_its_devices_unwatched_without_notice()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await AttestAsync();

        await _verifier.StopAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await _verifier.StartAgainAsync();

        using HttpClient client = _verifier.Operator();
        await Eventually.TrueAsync(async () => (await client.EventsAsync("device.verdict")).Any(told => told.GetProperty("data").Text("conformity") == "Stale"), "the silence is told after the start");
        Assert.Equal("Stale", (await AsOperatorAsync()).Text("conformity"));
    }

    private async Task<JsonElement> AttestAsync(Domain.Evidence.MeasuredSet? measured = null)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _board.Uptime++;
        return await _board.AttestAsync(measured);
    }

    private Task<JsonElement> AsOperatorAsync() => _board.DeviceAsync();

    private async Task<string[]> GateAsync(string ueid, string decision)
    {
        using HttpClient client = _verifier.Operator();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/gate", new { ueids = new[] { ueid }, mode = "enforce" });
        JsonElement board = (await response.JsonAsync()).GetProperty("boards")[0];
        Assert.Equal(decision, board.Text("decision"));
        return board.Texts("reasons");
    }
}
