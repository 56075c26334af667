using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Access;

/// <summary>One organisation never reads or changes what is another's. The routes come from the verifier itself: a new one that this class has not been taught fails it.</summary>
public sealed class TenantTests : IAsyncLifetime
{
    /// <summary>Routes without a parameter that are logged in to: what a rival sends, and whether the answer may be a success, because it concerns the rival's own things alone.</summary>
    private static readonly Dictionary<string, bool> WithoutParameter = new()
    {
        ["GET /desk"] = true,
        ["GET /desk/body"] = true,
        ["GET /desk/body/cases"] = true,
        ["GET /desk/body/certificates"] = true,
        ["GET /desk/body/laboratories"] = true,
        ["GET /desk/manufacturer"] = true,
        ["GET /desk/manufacturer/advisories"] = true,
        ["GET /desk/manufacturer/applications"] = true,
        ["GET /desk/manufacturer/incidents"] = true,
        ["GET /desk/manufacturer/labels"] = true,
        ["GET /desk/manufacturer/products"] = true,
        ["GET /desk/manufacturer/submit"] = true,
        ["POST /desk/manufacturer/submit"] = false,
        ["GET /fleet"] = true,
        ["GET /fleet/add"] = true,
        ["GET /fleet/add/find"] = true,
        ["GET /fleet/bulk"] = true,
        ["GET /fleet/tokens"] = true,
        ["GET /fleet/transfers"] = true,
        ["GET /fleet/webhooks"] = true,
        ["POST /fleet/add"] = false,
        ["POST /fleet/add/certificate"] = false,
        ["POST /fleet/bulk"] = true,
        ["POST /fleet/tokens"] = true,
        ["POST /fleet/webhooks"] = true,
        ["GET /v1/applications"] = true,
        ["GET /v1/audit"] = true,
        ["GET /v1/cases"] = true,
        ["GET /v1/devices"] = true,
        ["GET /v1/devices/summary"] = true,
        ["GET /v1/events"] = true,
        ["GET /v1/incidents"] = true,
        ["GET /v1/refusals"] = false,
        ["GET /v1/webhooks"] = true,
        ["POST /v1/advisories"] = true,
        ["POST /v1/applications"] = false,
        ["POST /v1/builds"] = false,
        ["POST /v1/cases"] = false,
        ["POST /v1/certificates"] = false,
        ["POST /v1/components/decisions"] = false,
        ["GET /v1/transfers"] = true,
        ["POST /v1/devices"] = false,
        ["POST /v1/devices/idevid"] = false,
        ["POST /v1/gate"] = true,
        ["POST /v1/incidents"] = true,
        ["POST /v1/organisations"] = false,
        ["POST /v1/policies"] = false,
        ["POST /v1/transfers"] = false,
        ["POST /v1/webhooks"] = true,
    };

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

    /// <summary>The route with what is acme's, or the body's, in the place of each parameter.</summary>
    private string PathOf(RouteEndpoint route)
    {
        string template = route.RoutePattern.RawText!;
        Dictionary<string, string> values = template.Split('/')[template.StartsWith("/desk/", StringComparison.Ordinal) ? 3 : 2] switch
        {
            "devices" => new() { ["ueid"] = Ueid, ["action"] = "quarantine" },
            "tokens" => new() { ["id"] = _token },
            "advisories" => new() { ["id"] = _advisory },
            "appraisals" => new() { ["id"] = Ueid },
            "builds" => new() { ["id"] = _work.Manifest.CorimId.ToString() },
            "products" => new() { ["class"] = _work.Manifest.ClassId.ToString() },
            "classes" => new() { ["class"] = _work.Manifest.ClassId.ToString() },
            "certificates" or "labels" => new() { ["id"] = "DEMO-1" },
            "incidents" => new() { ["id"] = _incident },
            "applications" => new() { ["id"] = _application },
            "cases" => new() { ["id"] = _case },
            "webhooks" => new() { ["id"] = _webhook, ["action"] = "delete" },
            "organisations" => new() { ["name"] = "acme", ["id"] = _token, ["kid"] = _kid, ["ca"] = _ca },
            "transfers" => new() { ["id"] = _transfer, ["action"] = "accept" },
            string other => throw new InvalidOperationException($"/v1/{other} is new: name here an object of another organisation"),
        };
        return string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? values[part.Trim('{', '}')] : part));
    }

    /// <summary>A body that would be taken from the owner.</summary>
    private string? BodyOf(string method, RouteEndpoint route)
    {
        string key = $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}";
        return key switch
        {
            "POST /v1/devices/{ueid}/clear" or "POST /v1/devices/{ueid}/decommission" or "POST /v1/devices/{ueid}/quarantine" or "POST /v1/devices/{ueid}/release"
                or "POST /v1/devices/{ueid}/repair" or "POST /v1/devices/{ueid}/return" or "POST /v1/transfers/{id}/accept" or "POST /v1/transfers/{id}/decline"
                or "POST /v1/transfers/{id}/withdraw" or "DELETE /v1/organisations/{name}/device-cas/{ca}" or "POST /v1/builds/{id}/retire"
                or "DELETE /v1/organisations/{name}/keys/{kid}" => """{"reason":"mine now"}""",
            "POST /v1/advisories/{id}/exploited" => """{"reason":"mine now"}""",
            "POST /v1/incidents/{id}/steps" => """{"step":"close","reason":"mine now"}""",
            "POST /v1/devices/{ueid}/rekey" => new JsonObject { ["key"] = Boards.HmacKey(RandomNumberGenerator.GetBytes(32)), ["reason"] = "mine now" }.ToJsonString(),
            "POST /v1/builds/{id}/supersede" => $$"""{"by":"{{_work.Manifest.CorimId}}","grace":0}""",
            "POST /v1/builds/{id}/reports" => Reports.ReportFiles.Text(_work.ManifestFile),
            "POST /v1/builds/{id}/sbom" => """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}""",
            "POST /v1/classes/{class}/minimum-security-version" => """{"version":1,"reason":"mine now","manufacturer":"acme"}""",
            "POST /v1/certificates/{id}/decisions" => """{"decision":"withdraw","reason":"mine now"}""",
            "POST /v1/applications/{id}/decisions" => """{"decision":"evaluate"}""",
            "POST /v1/cases/{id}/actions" => """{"action":"note","rationalePublic":"mine now"}""",
            "POST /v1/organisations/{name}/accreditation" => """{"number":"1","scope":["demo"],"until":"2030-01-01"}""",
            "POST /v1/organisations/{name}/device-cas" => JsonSerializer.Serialize(new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "native" }),
            "PUT /v1/organisations/{name}/device-cas/{ca}/crl" => _root.CrlPem(1, _work.Clock.GetUtcNow()),
            "POST /v1/organisations/{name}/keys" => JsonSerializer.Serialize(new { key = NewPem() }),
            "POST /v1/organisations/{name}/token" => "{}",
            "POST /v1/organisations/{name}/persons" => """{"person":"eve"}""",
            "POST /v1/organisations/{name}/tokens" => """{"name":"eve"}""",
            "POST /v1/appraisals/{id}/replay" => "{}",
            "POST /v1/webhooks/{id}/replay" => """{"since":"0"}""",
            "POST /v1/webhooks/{id}/test" or "POST /v1/webhooks/{id}/resume" => "{}",
            "PUT /v1/products/{class}" => """{"productName":"Mine","modelNumber":"1","categories":["hub"],"marketStatus":"onSale","reason":"mine now"}""",
            "POST /v1/products/{class}/support" => """{"supportUntil":"2040-01-01","reason":"mine now"}""",
            "PUT /v1/products/{class}/components" or "PUT /v1/builds/{id}/components" => """{"components":[],"reason":"mine now"}""",
            "POST /fleet/devices/{ueid}/group" => "group=mine+now",
            "POST /fleet/devices/{ueid}/{action}" or "POST /fleet/transfers/{id}/{action}" or "POST /fleet/tokens/{id}/revoke" or "POST /fleet/webhooks/{id}/{action}" => "organisation=acme&reason=mine+now&since=0",
            "PUT /v1/devices/{ueid}/group" => """{"group":"mine now"}""",
            "POST /desk/body/applications/{id}/decisions" => "decision=evaluate",
            "POST /desk/body/cases/{id}/actions" => "action=note&rationalePublic=mine+now",
            "POST /desk/body/certificates/{id}/confirm" => "proposal=1",
            "POST /desk/body/certificates/{id}/decisions" => "decision=withdraw&reason=mine+now",
            "POST /desk/manufacturer/advisories/{id}/exploited" => "reason=mine+now",
            "POST /desk/manufacturer/builds/{id}/applications" => "body=demo-cb&scheme=demo&level=basic&summaryPlain=mine+now",
            "POST /desk/manufacturer/incidents/{id}/steps" => "step=close&reason=mine+now",
            "POST /desk/manufacturer/products/{class}/support" => "supportUntil=2040-01-01&reason=mine+now",
            _ when method is "GET" or "DELETE" => null,
            _ => throw new InvalidOperationException($"{key} is new: give here a body that its owner could send"),
        };
    }

    private (HttpContent? Content, string Path) OwnBody(string name) => name switch
    {
        "GET /v1/events" => (null, "/v1/events?since=0&types=device.verdict,device.address,application.step,case.step"),
        "POST /v1/applications" => (Json(JsonSerializer.Serialize(ApplicationAtWork.Request(_work.Manifest.CorimId.ToString()))), "/v1/applications"),
        "POST /v1/cases" => (Json("""{"type":"appeal","certificate":"DEMO-1","decision":1,"summary":"mine now"}"""), "/v1/cases"),
        "POST /v1/advisories" => (Json(AdvisoryFiles.Affected("pkg:generic/nothing")), "/v1/advisories"),
        "POST /v1/incidents" => (Json("""{"title":"mine","reason":"mine"}"""), "/v1/incidents"),
        "POST /v1/builds" => (Bytes(_work.ManifestFile), "/v1/builds"),
        "GET /fleet/add/find" => (null, "/fleet/add/find?ueid=01"),
        "GET /fleet/tokens" => (null, "/fleet/tokens?organisation=acme"),
        "POST /fleet/add" => (Form("record", _board.ToJsonString()), "/fleet/add"),
        "POST /fleet/add/certificate" => (new FormUrlEncodedContent(new Dictionary<string, string> { ["organisation"] = "acme", ["pem"] = _leaf.ExportCertificatePem() }), "/fleet/add/certificate"),
        "POST /fleet/bulk" => (new MultipartFormDataContent { { new StringContent("{}"), "file", "boards.jsonl" } }, "/fleet/bulk"),
        "POST /fleet/tokens" => (new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "mine", ["organisation"] = "acme", ["person"] = "eve" }), "/fleet/tokens"),
        "POST /fleet/webhooks" => (Form("url", "https://rival.example.com/y"), "/fleet/webhooks"),
        "POST /desk/manufacturer/submit" => (new MultipartFormDataContent { { new ByteArrayContent(_work.ManifestFile), "manifest", "build.corim" } }, "/desk/manufacturer/submit"),
        "POST /v1/certificates" => (Bytes(SignedFiles.Certificate(_work.ManifestFile, _work.Manifest, _work.Clock.GetUtcNow(), "FORGED-1", "demo", "basic").Sign(SignedFiles.NewKey())), "/v1/certificates"),
        "POST /v1/components/decisions" => (Json("""{"scheme":"psa-certified","number":"PSA-1","status":"withdrawn","reason":"mine now"}"""), "/v1/components/decisions"),
        "POST /v1/devices" => (Json(_board.ToJsonString()), "/v1/devices"),
        "POST /v1/devices/idevid" => (Json(JsonSerializer.Serialize(new { organisation = "acme", pem = _leaf.ExportCertificatePem() })), "/v1/devices/idevid"),
        "POST /v1/transfers" => (new ByteArrayContent(_statement) { Headers = { ContentType = new("application/cose") } }, "/v1/transfers"),
        "POST /v1/gate" => (Json($$"""{"mode":"enforce","ueids":["{{Ueid}}"]}"""), "/v1/gate"),
        "POST /v1/policies" => (Json("""{"policy":{"id":"default","version":2,"minimumEvidenceStrength":"native","requiredBootFacts":[],"allowedAlgorithms":["ES256"]},"reason":"mine"}"""), "/v1/policies"),
        "POST /v1/organisations" => (Json("""{"name":"puppet","roles":["auditor"]}"""), "/v1/organisations"),
        "POST /v1/webhooks" => (Json("""{"url":"https://rival.example.com/x"}"""), "/v1/webhooks"),
        _ => (null, name.Split(' ')[1]),
    };

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

    private static string MediaTypeOf(RouteEndpoint route) => route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? (IsPage(route) ? "application/x-www-form-urlencoded" : "application/json");

    private static bool IsPage(RouteEndpoint route) => route.RoutePattern.RawText!.StartsWith("/desk/", StringComparison.Ordinal) || route.RoutePattern.RawText!.StartsWith("/fleet/", StringComparison.Ordinal);

    private static FormUrlEncodedContent Form(string field, string value) => new(new Dictionary<string, string> { [field] = value });

    private static StringContent Json(string text) => new(text, null, "application/json");

    private static ByteArrayContent Bytes(byte[] content) => new(content) { Headers = { ContentType = new(SignedFiles.MediaType) } };

    private static string NewPem()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
