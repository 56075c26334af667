using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IotAttest.Mqtt;
using IotAttest.Service.Tests.Access;
using IotAttest.Service.Tests.Events;
using IotAttest.Service.Tests.Lessons;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>A busy verifier that tells its log everything: no secret stands in the log, in an error answer or in a file, in no usual form.</summary>
/// <remarks>Beside OthersMistakes, which looks for secrets as they were sent: here they are also looked for as hex, base64, base64url and raw.</remarks>
public sealed class SecretFormsTests
{
    // The files that are there to hold a secret, for their owner alone.
    private static readonly string[] Keepers = ["operator.token", "secrets.key", "verifier-key.pem"];

    private readonly ConcurrentQueue<string> _answers = new();
    private readonly List<byte[]> _secrets = [];

    [Fact]
    public async Task Secrets_stand_in_no_log_no_refusal_and_no_file_in_whatever_form()
    {
        using LogMemory logs = new();
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(
            change: options => options with { Mqtt = "127.0.0.1:0", WebhookHosts = ["127.0.0.1"], OidcAuthority = new Uri(issuer.Url), OidcAudience = "iotattest" }, logs: logs);
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        Hide(verifier.OperatorToken, acme.DefaultRequestHeaders.Authorization!.Parameter!);

        await WebhookAsync(acme, receiver);
        await EnrolAsync(verifier, acme);
        await LogInWronglyAsync(verifier, issuer);
        await Eventually.TrueAsync(() => Task.FromResult(!receiver.Received.IsEmpty), "a webhook was tried");

        Assert.True(_secrets.Count > 12 && _answers.Count > 12, $"{_secrets.Count} secrets, {_answers.Count} refusals");
        string[] forms = [.. _secrets.SelectMany(FormsOf).Where(form => form.Length >= 16).Distinct()];
        AssertFree(logs.Text, forms, "the log");
        Assert.All(_answers, answer => AssertFree(answer, forms, "an answer"));
        AssertFilesFree(verifier.DataDirectory, forms);
        _secrets.AddRange(Keepers.Select(name => Encoding.ASCII.GetBytes(File.ReadAllText(Path.Combine(verifier.DataDirectory, name)).Trim())));
        AssertFree(logs.Text, [.. _secrets.Skip(_secrets.Count - Keepers.Length).SelectMany(FormsOf)], "the log");
    }

    [Fact]
    public void The_forms_are_found()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        string[] texts = [Convert.ToHexString(secret), Convert.ToHexStringLower(secret), Convert.ToBase64String(secret), Base64Url.EncodeToString(secret), Encoding.Latin1.GetString(secret)];

        Assert.All(texts, text => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertFree($"key={text}.", [.. FormsOf(secret)], "a text")));
        AssertFree("nothing", [.. FormsOf(secret)], "a text");
    }

    private async Task EnrolAsync(VerifierUnderTest verifier, HttpClient acme)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        byte[] credential = RandomNumberGenerator.GetBytes(32);
        string ueid = Boards.NewUeid();
        JsonObject good = Boards.Hmac(ueid, key).With("credential", Base64Url.EncodeToString(credential));
        _secrets.AddRange([key, credential]);
        Assert.Equal(201, await acme.PostTextAsync("/v1/devices", good.ToJsonString()).StatusAsync());

        // Refused in every way that looks at the record: each answer must not say what was in it.
        byte[] another = RandomNumberGenerator.GetBytes(32);
        _secrets.Add(another);
        JsonObject[] refused =
        [
            Boards.Hmac(ueid, another), good.With("oemid", "wrong"), good.With("class", null), good.With("extra", Base64Url.EncodeToString(another)),
            good.With("key", new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(another) + "!" }), good.With("key", new JsonObject { ["kty"] = Base64Url.EncodeToString(another), ["k"] = "x" }),
            good.With("credential", Base64Url.EncodeToString(another) + "\u0001"), good.With("ueid", Base64Url.EncodeToString(another)[..30]),
        ];
        foreach (JsonObject record in refused)
        {
            await RefusedAsync(acme.PostTextAsync("/v1/devices", record.ToJsonString()));
        }

        await RefusedAsync(acme.PostTextAsync("/v1/devices", good.ToJsonString()[..^5]));
        await RefusedAsync(acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = new { kty = "oct", k = Base64Url.EncodeToString(another) } }));
        await RefusedAsync(acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = new { kty = "oct", k = Base64Url.EncodeToString(key) }, reason = "x" }));
        using HttpResponseMessage rekeyed = await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = new { kty = "oct", k = Base64Url.EncodeToString(another) }, reason = "x" });
        Assert.Equal(200, (int)rekeyed.StatusCode);
    }

    private async Task LogInWronglyAsync(VerifierUnderTest verifier, TestIssuer issuer)
    {
        string[] tokens =
        [
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), verifier.OperatorToken + "x",
            issuer.Sign(new JsonObject { ["iss"] = "https://elsewhere.example", ["aud"] = "iotattest", ["sub"] = "ann" }), issuer.Unsigned(new JsonObject { ["sub"] = "ann" }),
        ];
        Hide(tokens);
        foreach (string token in tokens)
        {
            using HttpClient client = verifier.With(token);
            await RefusedAsync(client.GetAsync(new Uri("/v1/devices", UriKind.Relative)));
            await RefusedAsync(client.PostTextAsync("/v1/organisations", "{}"));
        }

        string password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Hide(password);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        Hide(board.Credential);
        await Assert.ThrowsAnyAsync<Exception>(() => MqttClientConnection.ConnectAsync(MqttBoard.Options(verifier, board, password: password)));
        await using MqttBoard connection = await MqttBoard.ConnectAsync(verifier, board);
        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
    }

    private async Task WebhookAsync(HttpClient acme, WebhookReceiver receiver)
    {
        using HttpResponseMessage hook = await acme.PostJsonAsync("/v1/webhooks", new { url = receiver.Url });
        string secret = (await hook.JsonAsync()).Text("secret");
        Hide(secret, secret["whsec_".Length..]);
        _secrets.Add(Convert.FromBase64String(secret["whsec_".Length..]));
        using HttpResponseMessage made = await acme.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "line-1" });
        Hide((await made.JsonAsync()).Text("token"));
        await RefusedAsync(acme.PostJsonAsync("/v1/webhooks", new { url = "https://10.0.0.1/" }));
        _answers.Enqueue((await acme.GetJsonAsync("/v1/webhooks")).GetRawText());
    }

    private async Task RefusedAsync(Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage response = await call;
        Assert.InRange((int)response.StatusCode, 400, 499);
        _answers.Enqueue($"{response.Headers}{await response.Content.ReadAsStringAsync()}");
    }

    private void Hide(params string[] texts) => _secrets.AddRange(texts.Select(Encoding.ASCII.GetBytes));

    private static IEnumerable<string> FormsOf(byte[] secret)
    {
        // What travels as text is base64url already: its bytes are looked for as well.
        string text = Encoding.Latin1.GetString(secret);
        byte[][] all = Base64Url.IsValid(text) && secret.Length >= 43 ? [secret, Base64Url.DecodeFromChars(text)] : [secret];
        return all.SelectMany(bytes => new[]
        {
            Encoding.Latin1.GetString(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes).TrimEnd('='), Base64Url.EncodeToString(bytes),
        });
    }

    private static void AssertFree(string text, string[] forms, string where) =>
        Assert.All(forms, form => Assert.False(text.Contains(form, StringComparison.Ordinal), $"a secret in a form of {form.Length} characters stands in {where}"));

    private static void AssertFilesFree(string folder, string[] forms)
    {
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Keepers.Contains(Path.GetFileName(file)) && Path.GetFileName(file) != "lock")];
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files)
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            AssertFree(Encoding.Latin1.GetString(content), forms, Path.GetFileName(file));
        }
    }
}
