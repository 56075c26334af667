using System.Buffers.Text;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Attestation results through the JOSE and COSE libraries of others.</summary>
public sealed class ResultTests(NodeFolder node) : IClassFixture<NodeFolder>
{
    [RequiresToolTheory("node", "npm")]
    [InlineData(false, "affirming", "Conformant", """{"instance-identity":2,"configuration":2,"executables":3}""")]
    [InlineData(true, "warning", "Compromised", """{"instance-identity":2,"configuration":2,"executables":33}""")]
    public async Task Both_forms_verify_and_the_jwt_has_exactly_the_names_of_draft_03(bool isTampered, string status, string conformity, string vector)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await using MqttBoard connection = await MqttBoard.ConnectAsync(verifier, board);
        byte[] nonce = await connection.HelloAsync();
        await connection.PublishEvidenceAsync(board.Evidence(nonce, isTampered ? Firmware.Tampered : Firmware.Certified));

        JsonElement result = await node.CheckAsync(await KeysAsync(verifier), await JwtAsync(verifier, board), await connection.ResultAsync());

        JsonElement claims = result.GetProperty("claims");
        JsonElement firmware = claims.GetProperty("submods").GetProperty("firmware");
        Assert.Equal((false, false), (result.GetProperty("jwtForgery").GetBoolean(), result.GetProperty("cwtForgery").GetBoolean()));
        Assert.Equal(["ear_status", "ear_verifier_id", "eat_profile", "exp", "iat", "submods"], Names(claims));
        Assert.Equal("tag:ietf.org,2026:rats/ear#03", claims.Text("eat_profile"));
        Assert.Equal(["build", "developer"], Names(claims.GetProperty("ear_verifier_id")));
        Assert.Equal(["firmware"], Names(claims.GetProperty("submods")));
        Assert.Equal(["ear_appraisal_policy_ids", "ear_status", "ear_trustworthiness_vector", "eat_nonce", "eat_profile", "iotattest"], Names(firmware));
        Assert.Equal((status, status), (claims.Text("ear_status"), firmware.Text("ear_status")));
        Assert.Equal(vector, firmware.GetProperty("ear_trustworthiness_vector").GetRawText());
        Assert.Equal(Base64Url.EncodeToString(nonce), firmware.Text("eat_nonce"));
        Assert.Equal(conformity, firmware.GetProperty("iotattest").Text("conformity"));

        // Without the board's name a good result of one board could be shown for another.
        Assert.Equal(board.Ueid, firmware.GetProperty("iotattest").Text("ueid"));
    }

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    private static async Task<string> KeysAsync(VerifierUnderTest verifier)
    {
        using HttpClient client = verifier.Anybody();
        return (await client.GetJsonAsync("/v1/keys")).GetRawText();
    }

    private static async Task<string> JwtAsync(VerifierUnderTest verifier, TestBoard board)
    {
        using HttpClient client = verifier.Operator();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/eat+jwt");
        using HttpResponseMessage response = await client.GetAsync(new Uri($"/v1/devices/{board.Ueid}/result", UriKind.Relative));
        Assert.Equal("application/eat+jwt", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync();
    }
}
