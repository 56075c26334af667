using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Access;

/// <summary>One organisation never reads or changes what is another's. The routes come from the verifier itself: a new one that this class has not been taught fails it.</summary>
public sealed partial class TenantTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _operator = null!;
    private HttpClient _rival = null!;
    private HttpClient _integrator = null!;
    private JsonObject _board = null!;
    private string _webhook = "";
    private string _token = "";
    private string _kid = "";
    private string _advisory = "";
    private string _incident = "";
    private string _application = "";
    private string _case = "";
    private readonly TestCa _root = TestCa.Root();
    private readonly ECDsa _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private X509Certificate2 _leaf = null!;
    private string _ca = "";
    private string _transfer = "";
    private byte[] _statement = [];

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        _operator = _work.Verifier.Operator();
        _rival = await AllRolesAsync("rival");
        _integrator = await _work.Verifier.OrganisationAsync("integrator-rival", "integrator");
        _board = Boards.Hmac();
        Assert.Equal(201, await _work.Maker.PostTextAsync("/v1/devices", _board.ToJsonString()).StatusAsync());
        await _work.IssueAsync(_work.Certificate());
        Assert.Equal(201, await _work.Maker.PutJsonAsync($"/v1/products/{_work.Manifest.ClassId}", new { productName = "Sensor", modelNumber = "S1", categories = new[] { "sensor" }, supportUntil = "2030-01-01", marketStatus = "onSale", reason = "first" }).StatusAsync());
        Assert.Equal(200, await _work.Maker.PutJsonAsync($"/v1/products/{_work.Manifest.ClassId}/components", new { components = new[] { new { name = "Chip", scheme = "psa-certified", number = "PSA-1", status = "inForce" } }, reason = "first" }).StatusAsync());
        _webhook = (await PostAsync("/v1/webhooks", new { url = "https://hooks.example.com/x", types = Array.Empty<string>() })).Text("id");
        _token = (await PostAsync("/v1/organisations/acme/tokens", new { name = "line-secret" })).Text("id");
        _advisory = (await PostAsync("/v1/advisories?embargoUntil=2099-01-01", AdvisoryOf("acme-secret", _work.Manifest.CorimId))).GetProperty("advisory").Text("id");
        _incident = (await PostAsync("/v1/incidents", new { title = "incident-secret", reason = "tenant test" })).Text("id");
        _application = (await PostAsync("/v1/applications", ApplicationAtWork.Request(_work.Manifest.CorimId.ToString()))).Text("id");
        _case = (await PostAsync("/v1/cases", new { type = "appeal", certificate = "DEMO-1", decision = 1, summary = "case-secret" })).Text("id");
        _ca = (await PostAsync("/v1/organisations/acme/device-cas", new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "native" })).Text("id");
        _leaf = _root.Device(_leafKey, Boards.NewUeid(), Boards.Class);
        using HttpClient fleet = await _work.Verifier.OrganisationAsync("fleet", "integrator");
        _statement = new TransferStatement(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), "acme", "fleet", _work.Clock.GetUtcNow(), _work.Clock.GetUtcNow().AddDays(1), [Ueid]).Sign(_work.MakerKey);
        using HttpResponseMessage offered = await _work.Maker.PostBytesAsync("/v1/transfers", _statement, "application/cose");
        _transfer = (await offered.JsonAsync()).Text("id");
        _kid = (await _work.Maker.GetJsonAsync("/v1/organisations/acme")).GetProperty("keys")[0].Text("kid");
    }

    public async Task DisposeAsync()
    {
        _leaf.Dispose();
        _leafKey.Dispose();
        _root.Dispose();
        _operator.Dispose();
        _rival.Dispose();
        _integrator.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task Every_route_with_a_parameter_refuses_another_organisation_tells_it_nothing_and_changes_nothing()
    {
        string before = await StateAsync();
        int tried = 0;
        foreach ((string method, RouteEndpoint route) in Routes().Where(each => each.Route.RoutePattern.Parameters.Count > 0))
        {
            foreach (HttpClient rival in new[] { _rival, _integrator })
            {
                using HttpResponseMessage response = await SendAsync(rival, method, PathOf(route), BodyOf(method, route), MediaTypeOf(route));
                string answer = await response.Content.ReadAsStringAsync();

                Assert.True((int)response.StatusCode is 403 or 404, $"{method} {route.RoutePattern.RawText}: {(int)response.StatusCode} {answer}");
                AssertTellsNothing(answer, method, route);
                tried++;
            }
        }

        Assert.True(tried >= 30, $"only {tried} requests: are the routes still found?");
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Every_route_without_one_shows_another_organisation_only_its_own()
    {
        string before = await StateAsync();
        foreach ((string method, RouteEndpoint route) in Routes().Where(each => each.Route.RoutePattern.Parameters.Count == 0))
        {
            string name = $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}";
            Assert.True(WithoutParameter.TryGetValue(name, out bool mayBeFine), $"{name} is new: say here what a rival may do with it");
            (HttpContent? content, string path) = OwnBody(name);
            using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = content };
            request.Headers.Accept.ParseAdd("application/json");
            using HttpResponseMessage response = await _rival.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();

            Assert.True(mayBeFine ? response.IsSuccessStatusCode : (int)response.StatusCode is 403 or 409 or 422, $"{name}: {(int)response.StatusCode} {answer}");
            AssertTellsNothing(name == "POST /v1/gate" ? answer.Replace(Ueid, "", StringComparison.Ordinal) : answer, method, route);
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task The_gate_answers_for_a_board_of_another_as_for_one_that_nobody_knows()
    {
        string unknown = Boards.NewUeid();

        string theirs = await GateAsync(Ueid);
        string nobodys = await GateAsync(unknown);

        Assert.Equal(nobodys.Replace(unknown, Ueid, StringComparison.Ordinal), theirs);
    }

    [Fact]
    public async Task Enrolling_the_board_of_another_says_nothing_of_whose_it_is()
    {
        JsonElement problem = await _rival.PostTextAsync("/v1/devices", _board.With("organisation", "rival").ToJsonString()).AssertProblemAsync(409, "Conflict");

        Assert.DoesNotContain("acme", problem.GetRawText(), StringComparison.Ordinal);
    }

    private string Ueid => _board["ueid"]!.ToString();

    private IEnumerable<(string Method, RouteEndpoint Route)> Routes() =>
        from route in _work.Verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<PublicRoute>() is null

        // Says the same of a board of another as of one that nobody enrolled; a test of its page shows that. The other one leads there.
        where route.RoutePattern.RawText is not ("/fleet/add/{ueid}" or "/fleet/add/find")
        select (route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single(), route);

    private async Task<string> GateAsync(string ueid)
    {
        using HttpResponseMessage response = await _rival.PostTextAsync("/v1/gate", $$"""{"mode":"enforce","ueids":["{{ueid}}"]}""");
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What is acme's and not public.</summary>
    private void AssertTellsNothing(string answer, string method, RouteEndpoint route) => Assert.All(
        [Ueid, _board["class"]!.ToString(), "line-secret", "hooks.example.com", _token, "acme-secret", "incident-secret", "application-secret", "case-secret", "NeverReported", "UnknownMeasurement"],
        secret => Assert.False(answer.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{method} {route.RoutePattern.RawText} tells a rival {secret}: {answer}"));

    /// <summary>Everything of acme and the body that others could want to change.</summary>
    private async Task<string> StateAsync()
    {
        string[] paths =
        [
            $"/v1/devices/{Ueid}", $"/v1/devices/{Ueid}/history", $"/v1/builds/{_work.Manifest.CorimId}", "/v1/certificates/DEMO-1", "/v1/certificates/DEMO-1/history",
            "/v1/organisations/acme", $"/v1/products/{_work.Manifest.ClassId}", $"/v1/products/{_work.Manifest.ClassId}/components", $"/v1/builds/{_work.Manifest.CorimId}/components", $"/v1/advisories/{_advisory}", $"/v1/incidents/{_incident}", $"/v1/applications/{_application}", $"/v1/cases/{_case}", "/v1/organisations/acme/device-cas", $"/v1/transfers/{_transfer}",
        ];
        string[] answers = await Task.WhenAll(paths.Select(async path => (await _work.Maker.GetJsonAsync(path)).GetRawText()));
        IEnumerable<string> webhooks = (await _work.Maker.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks").EnumerateArray().Select(webhook => $"{webhook.Text("id")} {webhook.Text("url")}");
        IEnumerable<string> tokens = (await _operator.GetJsonAsync("/v1/organisations/acme/tokens")).GetProperty("tokens").EnumerateArray().Select(token => token.Text("id"));
        return string.Join('\n', [.. answers, .. webhooks, .. tokens]);
    }

    private async Task<HttpClient> AllRolesAsync(string name)
    {
        using HttpResponseMessage response = await _operator.PostJsonAsync("/v1/organisations", new { name, roles = new[] { "manufacturer", "integrator", "body" }, keys = new[] { NewPem() } });
        return _work.Verifier.With((await response.JsonAsync()).Text("token"));
    }

    private static JsonNode AdvisoryOf(string id, Guid build) => JsonNode.Parse(AdvisoryFiles.Csaf(id, statuses: [("known_affected", $"urn:uuid:{build}")]))!;

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await _work.Maker.PostJsonAsync(path, body);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body, string mediaType)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, null, mediaType) };
        return await client.SendAsync(request);
    }
}
