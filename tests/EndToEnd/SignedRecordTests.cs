using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>All that the registry signs, through the JOSE and COSE libraries of others: certificates, status lists, checkpoints, receipts, CoRIMs.</summary>
public sealed class SignedRecordTests(NodeFolder node) : IClassFixture<NodeFolder>, IAsyncLifetime
{
    private readonly ECDsa _makerKey = SignedFiles.NewKey();
    private readonly ECDsa _bodyKey = SignedFiles.NewKey();
    private VerifierUnderTest _verifier = null!;
    private byte[] _manifest = [];

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        using HttpClient maker = await _verifier.OrganisationAsync("acme", "manufacturer", _makerKey.ExportSubjectPublicKeyInfoPem());
        using HttpClient body = await _verifier.OrganisationAsync("demo-cb", "body", _bodyKey.ExportSubjectPublicKeyInfoPem());
        BuildManifest manifest = SignedFiles.Manifest();
        _manifest = manifest.Sign(_makerKey);
        Assert.Equal(201, await maker.PostBytesAsync("/v1/builds", _manifest, SignedFiles.MediaType).StatusAsync());
        byte[] certificate = SignedFiles.Certificate(_manifest, manifest, DateTimeOffset.UtcNow).Sign(_bodyKey);
        Assert.Equal(201, await body.PostBytesAsync("/v1/certificates", certificate, SignedFiles.MediaType).StatusAsync());
    }

    public async Task DisposeAsync()
    {
        await _verifier.DisposeAsync();
        _makerKey.Dispose();
        _bodyKey.Dispose();
    }

    [RequiresToolTheory("node", "npm")]
    [InlineData("/v1/certificates/DEMO-1", "application/jwt", "iotattest-certificate+jwt", "sub", "DEMO-1")]
    [InlineData("/v1/log/checkpoint", "application/jwt", "iotattest-checkpoint+jwt", "root", "sha256:")]
    [InlineData("/v1/statuslists/1", "application/statuslist+jwt", "statuslist+jwt", "status_list", "\"bits\":2")]
    public async Task Jws_verifies_with_jose_under_the_published_keys(string path, string accept, string type, string claim, string value)
    {
        byte[] jws = await ReadAsync(await PlaceAsync(path), accept);

        JsonElement result = await node.CheckSignedAsync("jws", await KeysAsync(), jws);

        Assert.Equal(("ES256", type), (result.GetProperty("header").Text("alg"), result.GetProperty("header").Text("typ")));
        Assert.Contains(value, result.GetProperty("claims").GetProperty(claim).GetRawText(), StringComparison.Ordinal);
        AssertNoForgery(result, 2);
    }

    [RequiresToolFact("node", "npm")]
    public async Task The_status_list_as_CWT_verifies_with_auth0_cose_and_says_what_the_JWT_says()
    {
        string list = await PlaceAsync("/v1/statuslists/1");
        JsonElement jwt = await node.CheckSignedAsync("jws", await KeysAsync(), await ReadAsync(list, "application/statuslist+jwt"));

        JsonElement cwt = await node.CheckSignedAsync("cose", await KeysAsync(), await ReadAsync(list, "application/statuslist+cwt"));

        // Token Status List section 5.2: 65533 is status_list, 65534 ttl; header 16 is typ.
        JsonElement claims = cwt.GetProperty("payload");
        Assert.Equal("application/statuslist+cwt", cwt.GetProperty("protected").Text("16"));
        Assert.Equal(jwt.GetProperty("claims").Text("sub"), claims.Text("2"));
        Assert.Equal(2, claims.GetProperty("65533").GetProperty("bits").GetInt32());
        Assert.Equal(
            jwt.GetProperty("claims").GetProperty("status_list").Text("lst"),
            System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(claims.GetProperty("65533").Text("lst"))));
        AssertNoForgery(cwt, 2);
    }

    [RequiresToolFact("node", "npm")]
    public async Task Manifest_and_certificate_CoRIM_verify_with_auth0_cose_under_the_keys_of_their_signers()
    {
        byte[] certificate = await ReadAsync("/v1/certificates/DEMO-1", "application/rim+cose");

        JsonElement byMaker = await node.CheckSignedAsync("cose", _makerKey.ExportSubjectPublicKeyInfoPem(), await ReadAsync($"/v1/builds/{SignedFiles.Manifest().CorimId}", "application/rim+cose"));
        JsonElement byBody = await node.CheckSignedAsync("cose", _bodyKey.ExportSubjectPublicKeyInfoPem(), certificate);

        foreach ((JsonElement signed, string issuer) in new[] { (byMaker, "acme"), (byBody, "demo-cb") })
        {
            // RFC 9052 section 3.1: 1 alg, 3 content type; RFC 9597: 15 CWT claims.
            JsonElement header = signed.GetProperty("protected");
            Assert.Equal((-7, "application/rim+cbor"), (header.GetProperty("1").GetInt32(), header.Text("3")));
            Assert.Equal(issuer, header.GetProperty("15").Text("1"));
            AssertNoForgery(signed, 2);
        }
    }

    [RequiresToolTheory("node", "npm")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rfc9942_a_receipt_holds_for_the_root_that_somebody_else_computes_from_the_statement(bool isBuild)
    {
        string path = isBuild ? $"/v1/builds/{SignedFiles.Manifest().CorimId}" : "/v1/certificates/DEMO-1";
        byte[] statement = await ReadAsync(path, "application/rim+cose");

        JsonElement result = await node.CheckSignedAsync("receipt", await KeysAsync(), await ReadAsync($"{path}/receipt", "*/*"), statement);

        Assert.Equal((18, true), (result.GetProperty("tag").GetInt32(), result.GetProperty("isDetached").GetBoolean()));
        Assert.Equal((-7, 1), (result.GetProperty("protected").GetProperty("1").GetInt32(), result.GetProperty("protected").GetProperty("395").GetInt32()));
        AssertNoForgery(result, 3);

        // The same root as the checkpoint of that size, so that receipt and log cannot tell two stories.
        JsonElement checkpoint = JsonElement.Parse(await ReadAsync($"/v1/log/checkpoint?size={result.GetProperty("size").GetRawText()}", "application/json"));
        Assert.Equal(checkpoint.Text("root"), $"sha256:{result.Text("root")}");
    }

    private static void AssertNoForgery(JsonElement result, int tried) =>
        Assert.Equal(Enumerable.Repeat(false, tried), result.GetProperty("forgeries").EnumerateArray().Select(verifies => verifies.GetBoolean()));

    // The address of the status list stands in the certificate.
    private async Task<string> PlaceAsync(string path)
    {
        if (!path.StartsWith("/v1/statuslists/", StringComparison.Ordinal))
        {
            return path;
        }

        JsonElement certificate = await node.CheckSignedAsync("jws", await KeysAsync(), await ReadAsync("/v1/certificates/DEMO-1", "application/jwt"));
        return new Uri(certificate.GetProperty("claims").GetProperty("status").GetProperty("status_list").Text("uri")).PathAndQuery;
    }

    private async Task<byte[]> ReadAsync(string path, string accept)
    {
        using HttpClient client = _verifier.Anybody();
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<string> KeysAsync()
    {
        using HttpClient client = _verifier.Anybody();
        return (await client.GetJsonAsync("/v1/keys")).GetRawText();
    }
}
