using System.Security.Cryptography;
using System.Text.Json;

namespace IotAttest.Service.Tests;

public sealed class OrganisationTests
{
    [Fact]
    public async Task A_new_organisation_is_201_with_its_token_once_and_the_same_again_is_200_without()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        object acme = new { name = "acme", roles = new[] { "manufacturer" }, keys = new[] { Pem() }, schemes = new[] { "demo" } };

        using HttpResponseMessage first = await client.PostJsonAsync("/v1/organisations", acme);
        using HttpResponseMessage again = await client.PostJsonAsync("/v1/organisations", acme);

        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal(43, (await first.JsonAsync()).Text("token").Length);
        Assert.Equal(200, (int)again.StatusCode);
        Assert.False((await again.JsonAsync()).TryGetProperty("token", out _));
    }

    [Fact]
    public async Task The_same_name_with_other_content_is_409()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");

        await client.PostJsonAsync("/v1/organisations", new { name = "acme", roles = new[] { "body" } }).AssertProblemAsync(409, "Conflict");
        await client.PostJsonAsync("/v1/organisations", new { name = "acme", roles = new[] { "manufacturer" }, keys = new[] { Pem() } }).AssertProblemAsync(409, "Conflict");
    }

    [Theory]
    [InlineData("""{"roles":["manufacturer"]}""", "no \"name\"")]
    [InlineData("""{"name":"Acme","roles":["manufacturer"]}""", "\"name\" is \"Acme\"")]
    [InlineData("""{"name":"operator","roles":["manufacturer"]}""", "the name of the operator")]
    [InlineData("""{"name":"acme","roles":[]}""", "\"roles\" is empty")]
    [InlineData("""{"name":"acme","roles":["operator"]}""", "\"operator\"")]
    [InlineData("""{"name":"acme","roles":["manufacturer"],"colour":"red"}""", "unknown member \"colour\"")]
    [InlineData("""{"name":"acme","name":"b","roles":["manufacturer"]}""", "Duplicate")]
    [InlineData("""{"name":"acme","roles":["manufacturer"],"keys":["no pem"]}""", "no P-256 public key")]
    [InlineData("""{"name":"\ud800","roles":["manufacturer"]}""", "half of a surrogate pair")]
    [InlineData("""["acme"]""", "the body is Array")]
    [InlineData("""{"name":""", "no JSON object")]
    public async Task A_body_that_does_not_fit_is_400_and_says_what_was_seen(string body, string seen)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();

        JsonElement problem = await client.PostTextAsync("/v1/organisations", body).AssertProblemAsync(400, "Malformed");

        Assert.Contains(seen, problem.Text("seen"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(64, 201)]
    [InlineData(65, 400)]
    public async Task A_name_has_at_most_64_characters(int length, int status)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();

        Assert.Equal(status, await client.PostJsonAsync("/v1/organisations", new { name = new string('a', length), roles = new[] { "body" } }).StatusAsync());
    }

    [Fact]
    public async Task Keys_on_another_curve_and_private_keys_are_refused()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using ECDsa p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        foreach (string pem in new[] { p384.ExportSubjectPublicKeyInfoPem(), p256.ExportPkcs8PrivateKeyPem() })
        {
            await client.PostJsonAsync("/v1/organisations", new { name = "acme", roles = new[] { "body" }, keys = new[] { pem } }).AssertProblemAsync(400, "Malformed");
        }
    }

    [Fact]
    public async Task A_key_is_added_once_and_never_to_two_organisations()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        string pem = Pem();

        Assert.Equal(201, await client.PostJsonAsync("/v1/organisations/acme/keys", new { key = pem }).StatusAsync());
        Assert.Equal(200, await client.PostJsonAsync("/v1/organisations/acme/keys", new { key = pem }).StatusAsync());
        await client.PostJsonAsync("/v1/organisations/other/keys", new { key = pem }).AssertProblemAsync(409, "Conflict");
        await client.PostJsonAsync("/v1/organisations/nobody/keys", new { key = pem }).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task A_new_token_ends_the_old_one_at_once_and_for_good()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient old = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient client = verifier.Operator();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/organisations/acme/token", new { });
        JsonElement answer = await response.JsonAsync();
        Uri devices = new("/v1/devices", UriKind.Relative);

        Assert.Equal(["name", "token"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("acme", answer.Text("name"));
        await old.GetAsync(devices).AssertProblemAsync(401, "NoLogin");
        using HttpClient renewed = verifier.With(answer.Text("token"));
        Assert.Equal((200, 200), (await renewed.GetAsync(devices).StatusAsync(), await other.GetAsync(devices).StatusAsync()));
        await verifier.RestartAsync();
        using HttpClient oldLater = verifier.With(old.DefaultRequestHeaders.Authorization!.Parameter!);
        using HttpClient renewedLater = verifier.With(answer.Text("token"));
        await oldLater.GetAsync(devices).AssertProblemAsync(401, "NoLogin");
        Assert.Equal(200, await renewedLater.GetAsync(devices).StatusAsync());
    }

    [Fact]
    public async Task Only_the_operator_renews_a_token_and_only_of_a_registered_organisation()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient client = verifier.Operator();

        await acme.PostJsonAsync("/v1/organisations/acme/token", new { }).AssertProblemAsync(403, "Forbidden");
        await client.PostJsonAsync("/v1/organisations/nobody/token", new { }).AssertProblemAsync(404, "NotFound");
        await client.PostJsonAsync("/v1/organisations/operator/token", new { }).AssertProblemAsync(404, "NotFound");
        Assert.Equal(200, await acme.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync());
    }

    [Fact]
    public async Task Everybody_reads_names_roles_and_keys_also_after_a_restart()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        string pem = Pem();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", pem);
        await verifier.RestartAsync();
        using HttpClient anybody = verifier.Anybody();

        JsonElement one = await anybody.GetJsonAsync("/v1/organisations/acme");
        JsonElement all = await anybody.GetJsonAsync("/v1/organisations");

        Assert.Equal(pem.Trim(), one.GetProperty("keys")[0].Text("pem").Trim());
        Assert.Equal(16, one.GetProperty("keys")[0].Text("kid").Length);
        Assert.Equal("acme", all.GetProperty("organisations")[0].Text("name"));
        Assert.DoesNotContain("token", all.GetRawText(), StringComparison.Ordinal);
    }

    private static string Pem()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
