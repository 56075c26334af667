using System.Text.Json;
using IotAttest.Domain.Evidence;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Boards that share no code with us, over both transports.</summary>
public sealed class StrangerTests
{
    private static readonly string[] DeviceMembers =
    [
        "advisories", "alarms", "appraisal", "asOf", "build", "certificates", "components", "conditions", "conformity", "drift",
        "evidenceStrength", "expiresAt", "group", "lifecycle", "nextStep", "policies", "refusals", "responsible", "ueid",
    ];

    [RequiresToolTheory(PythonBoard.Needs)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_http_the_certified_build_is_conformant_and_the_answer_is_the_device_object(bool isEs256)
    {
        (VerifierUnderTest verifier, string build, string certificate) = await StartAsync();
        await using VerifierUnderTest end = verifier;
        PythonBoard board = new(verifier, isEs256);

        JsonElement answer = await board.AttestAsync("http", Firmware.Certified);

        Assert.True(answer.GetProperty("status").GetInt32() == 200, answer.ToString());
        JsonElement device = answer.GetProperty("body");
        Assert.Equal(DeviceMembers, device.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(board.Ueid, device.Text("ueid"));
        Assert.Equal("Conformant", device.Text("conformity"));
        Assert.Equal("native", device.Text("evidenceStrength"));
        Assert.Equal(build, device.Text("build"));
        Assert.Equal([certificate], device.Texts("certificates"));
        Assert.Empty(device.Texts("drift"));
        Assert.Equal($$"""{"name":"clr","reported":"sha256:{{Repeat("11")}}","expected":"sha256:{{Repeat("11")}}"}""", device.GetProperty("components")[0].GetRawText());
        Assert.Equal("""{"count":0,"last":null}""", device.GetProperty("refusals").GetRawText());
        Assert.Equal(TimeSpan.FromSeconds(660), device.GetProperty("expiresAt").GetDateTimeOffset() - device.GetProperty("asOf").GetDateTimeOffset());
        Assert.True(JsonElement.DeepEquals(device, await board.DeviceAsync()));
    }

    [RequiresToolTheory(PythonBoard.Needs)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_mqtt_the_signed_result_verifies_under_the_published_key_and_says_the_same(bool isEs256)
    {
        (VerifierUnderTest verifier, string build, string certificate) = await StartAsync();
        await using VerifierUnderTest end = verifier;
        PythonBoard board = new(verifier, isEs256);

        JsonElement right = await board.AttestAsync("mqtt", Firmware.Certified);
        JsonElement wrong = await board.AttestAsync("mqtt", Firmware.Tampered);

        foreach (JsonElement result in new[] { right, wrong })
        {
            Assert.True(result.GetProperty("verifies").GetBoolean());
            Assert.False(result.GetProperty("forgeryVerifies").GetBoolean());
            Assert.Equal((18, -7), (result.GetProperty("tag").GetInt32(), result.GetProperty("algorithm").GetInt32()));
        }

        JsonElement facts = Facts(right);
        Assert.Equal("Conformant", facts.Text("conformity"));
        Assert.Equal(build, facts.Text("build"));
        Assert.Equal([certificate], facts.Texts("certificates"));
        Assert.Equal("Compromised", Facts(wrong).Text("conformity"));
        Assert.Equal(["UnknownMeasurement"], Facts(wrong).Texts("drift"));
        Assert.Equal("Compromised", (await board.DeviceAsync()).Text("conformity"));
    }

    [RequiresToolFact(PythonBoard.Needs)]
    public async Task Evidence_at_qos_2_is_taken_too()
    {
        (VerifierUnderTest verifier, _, _) = await StartAsync();
        await using VerifierUnderTest end = verifier;

        JsonElement result = await new PythonBoard(verifier, isEs256: false).AttestAsync("mqtt", Firmware.Certified, "--qos", "2");

        Assert.Equal("Conformant", Facts(result).Text("conformity"));
    }

    [RequiresToolFact(PythonBoard.Needs)]
    public async Task A_wrong_digest_is_compromised_and_stays_so_when_the_right_one_comes_back()
    {
        (VerifierUnderTest verifier, _, _) = await StartAsync();
        await using VerifierUnderTest end = verifier;
        PythonBoard board = new(verifier, isEs256: false);

        foreach (MeasuredSet measured in new[] { Firmware.Tampered, Firmware.Certified })
        {
            JsonElement device = (await board.AttestAsync("http", measured)).GetProperty("body");

            Assert.Equal("Compromised", device.Text("conformity"));
            Assert.Equal(["UnknownMeasurement"], device.Texts("drift"));
        }
    }

    [RequiresToolFact(PythonBoard.Needs)]
    public async Task Before_any_manifest_nothing_is_known()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync();
        using Registry registry = await Registry.OpenAsync(verifier);

        JsonElement device = (await new PythonBoard(verifier, isEs256: false).AttestAsync("http", Firmware.Certified)).GetProperty("body");

        Assert.Equal("Unknown", device.Text("conformity"));
        Assert.Equal("manufacturer", device.Text("responsible"));
        Assert.Equal(JsonValueKind.Null, device.GetProperty("components")[0].GetProperty("expected").ValueKind);
    }

    private static async Task<(VerifierUnderTest Verifier, string Build, string Certificate)> StartAsync()
    {
        VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        (string build, string certificate) = await registry.SubmitCertifiedAsync(Firmware.Certified);
        return (verifier, build, certificate);
    }

    private static JsonElement Facts(JsonElement result) =>
        result.GetProperty("claims").GetProperty("266").GetProperty("firmware").GetProperty("-70100");

    private static string Repeat(string hex) => string.Concat(Enumerable.Repeat(hex, 32));
}
