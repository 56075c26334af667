using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Tests.Access;

/// <content>What is sent to each route: a new route is taught here.</content>
public sealed partial class TenantTests
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
