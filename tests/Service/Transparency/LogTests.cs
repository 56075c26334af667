using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Protocol;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.Transparency;

public sealed class LogTests
{
    [Fact]
    public async Task Builds_certificates_decisions_and_keys_are_in_the_log_in_order()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        await work.TakeAsync(new { decision = "withdraw", reason = "The holder asked for it" });

        JsonElement[] entries = await EntriesAsync(work);

        Assert.Equal(["log", "key", "key", "build", "build-event", "certificate", "certificate-event", "certificate-event"], entries.Select(entry => entry.Text("kind")));
        Assert.Equal(Enumerable.Range(1, 8), entries.Select(entry => entry.GetProperty("seq").GetInt32()));
        Assert.Equal(work.ManifestFile, Bytes(entries[3]));
        Assert.Contains("The holder asked for it", System.Text.Encoding.UTF8.GetString(Bytes(entries[7])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rfc9162_2_1_every_entry_proves_its_place_under_the_signed_checkpoint()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        JsonElement checkpoint = await work.Anybody.GetJsonAsync("/v1/log/checkpoint");
        long size = checkpoint.GetProperty("size").GetInt64();
        byte[] root = Hash(checkpoint.Text("root"));

        foreach (JsonElement entry in await EntriesAsync(work))
        {
            long seq = entry.GetProperty("seq").GetInt64();
            JsonElement proof = await work.Anybody.GetJsonAsync($"/v1/log/proof?seq={seq}&size={size}");

            Assert.True(MerkleProof.HoldsInclusion(seq - 1, size, MerkleHash.OfLeaf(Bytes(entry)), Hashes(proof, "path"), root));
        }
    }

    [Fact]
    public async Task Rfc9162_2_1_4_an_older_log_is_the_beginning_of_a_newer_one()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        JsonElement before = await work.Anybody.GetJsonAsync("/v1/log/checkpoint");
        await work.IssueAsync(work.Certificate());
        JsonElement after = await work.Anybody.GetJsonAsync("/v1/log/checkpoint");
        long from = before.GetProperty("size").GetInt64();
        long to = after.GetProperty("size").GetInt64();

        JsonElement answer = await work.Anybody.GetJsonAsync($"/v1/log/consistency?from={from}&to={to}");

        Assert.True(to > from);
        Assert.True(MerkleProof.HoldsConsistency(from, to, Hash(before.Text("root")), Hash(after.Text("root")), Hashes(answer, "proof")));
        Assert.Equal(before.Text("root"), (await work.Anybody.GetJsonAsync($"/v1/log/checkpoint?size={from}")).Text("root"));
    }

    [Fact]
    public async Task A_checkpoint_verifies_under_the_published_key()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        using ECDsa key = await KeyAsync(work);

        string[] parts = (await work.Anybody.GetJsonAsync("/v1/log/checkpoint")).Text("signed").Split('.');

        Assert.True(key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task Rfc9942_5_2_manifest_and_certificate_have_a_receipt_that_holds_under_the_published_key()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        CertificateEndorsement certificate = work.Certificate();
        await work.IssueAsync(certificate);
        using ECDsa key = await KeyAsync(work);
        byte[] corim = await BytesAsync(work, "/v1/certificates/DEMO-1", "application/rim+cose");

        InclusionReceipt ofBuild = Receipt(await BytesAsync(work, $"/v1/builds/{work.Manifest.CorimId}/receipt", "*/*"));
        InclusionReceipt ofCertificate = Receipt(await BytesAsync(work, "/v1/certificates/DEMO-1/receipt", "*/*"));

        Assert.True(ofBuild.Holds(work.ManifestFile, key));
        Assert.True(ofCertificate.Holds(corim, key));
        Assert.False(ofCertificate.Holds(work.ManifestFile, key));
    }

    [Fact]
    public async Task A_transparent_statement_is_the_file_with_its_receipt()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        using ECDsa key = await KeyAsync(work);

        byte[] statement = await BytesAsync(work, $"/v1/builds/{work.Manifest.CorimId}", TransparentStatement.ContentType);
        byte[] bare = TransparentStatement.Detach(statement, out IReadOnlyList<ReadOnlyMemory<byte>> receipts);

        Assert.Equal(work.ManifestFile, bare);
        Assert.True(Receipt(Assert.Single(receipts).ToArray()).Holds(bare, key));
    }

    [Theory]
    [InlineData("/v1/log/proof?seq=0", 404, "NotFound")]
    [InlineData("/v1/log/proof?seq=99", 404, "NotFound")]
    [InlineData("/v1/log/proof", 400, "Malformed")]
    [InlineData("/v1/log/proof?seq=-1", 400, "Malformed")]
    [InlineData("/v1/log/proof?seq=3&size=2", 404, "NotFound")]
    [InlineData("/v1/log/consistency?from=0", 404, "NotFound")]
    [InlineData("/v1/log/consistency?from=1&to=99", 404, "NotFound")]
    [InlineData("/v1/log/checkpoint?size=99", 404, "NotFound")]
    [InlineData("/v1/builds/no-such-build/receipt", 404, "NotFound")]
    public async Task What_is_not_in_the_log_has_no_proof(string path, int status, string code)
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();

        await work.Anybody.GetAsync(new Uri(path, UriKind.Relative)).AssertProblemAsync(status, code);
    }

    [Fact]
    public async Task A_log_that_was_there_before_a_restart_goes_on()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        JsonElement before = await work.Anybody.GetJsonAsync("/v1/log/checkpoint");

        await work.Verifier.RestartAsync();

        using HttpClient anybody = work.Verifier.Anybody();
        Assert.Equal(before.Text("root"), (await anybody.GetJsonAsync("/v1/log/checkpoint")).Text("root"));
    }

    private static async Task<JsonElement[]> EntriesAsync(BodyAtWork work) => [.. (await work.Anybody.GetJsonAsync("/v1/log/entries?after=0")).GetProperty("entries").EnumerateArray()];

    private static byte[] Bytes(JsonElement entry) => Base64Url.DecodeFromChars(entry.Text("entry"));

    private static byte[] Hash(string text) => Convert.FromHexString(text["sha256:".Length..]);

    private static byte[][] Hashes(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(hash => Hash(hash.GetString()!))];

    private static InclusionReceipt Receipt(byte[] bytes)
    {
        Assert.True(InclusionReceipt.TryDecode(bytes, out InclusionReceipt? receipt, out DecodeStatus status), status.ToString());
        return receipt;
    }

    private static async Task<byte[]> BytesAsync(BodyAtWork work, string path, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
        using HttpResponseMessage response = await work.Anybody.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<ECDsa> KeyAsync(BodyAtWork work)
    {
        JsonElement jwk = (await work.Anybody.GetJsonAsync("/v1/keys")).GetProperty("keys")[0];
        ECPoint point = new() { X = Base64Url.DecodeFromChars(jwk.Text("x")), Y = Base64Url.DecodeFromChars(jwk.Text("y")) };
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
    }
}
