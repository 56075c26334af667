using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Images;
using IotAttest.Protocol;
using IotAttest.Service.Storage;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Lessons;

/// <summary>15 to 22: hostile bytes, load, counters, keys, and the image that really runs.</summary>
public sealed partial class OthersMistakes
{
    // Everybody knows the private halves: d = 1, and the dummy attestation key that TF-M ships (RFC 9783 prints it).
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string TfmDummy = "43FFFECB95F8085A7C40E1D3EA790BEF4EB78CDD77D58503A64C1600F91B33E7";

    /// <summary>TFMV-9, TFMV-11, CVE-2026-45328: every length in the evidence is made huge, indefinite or one too long.</summary>
    [Fact]
    public async Task Never_15_a_length_that_bypasses_a_check_or_is_read_out_of_bounds()
    {
        byte[] good = _board.Evidence(await _board.ChallengeAsync());
        byte[][] lengths = [[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x5a, 0xff, 0xff, 0xff, 0xff], [0x59, 0xff, 0xff], [0x5f], [0x7f], [0x9f], [0xbf], [0x9b, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00], [0xba, 0x7f, 0xff, 0xff, 0xff]];

        for (int at = 0; at < good.Length; at++)
        {
            foreach (byte[] length in lengths)
            {
                byte[] hostile = [.. good[..at], .. length, .. good[Math.Min(at + 1, good.Length)..]];
                Assert.False(EvidenceEnvelope.TryDecode(hostile, out EvidenceEnvelope? envelope, out _) && envelope.VerifyMac(new byte[32]), $"byte {at}");
            }
        }

        foreach (byte[] length in lengths)
        {
            Assert.Contains(await _board.SubmitAsync([0xd1, 0x84, .. length, .. good[3..]]).StatusAsync(), new[] { 400, 413 });
        }

        Assert.Equal("Unknown", (await _board.AttestAsync()).Text("conformity"));
    }

    /// <summary>Rekor GHSA-843x-px86-vq42 and others: what was refused is not kept, and nobody else waits for it.</summary>
    [Fact]
    public async Task Never_16_a_malformed_request_that_pins_memory_or_crashes_the_service()
    {
        using HttpClient anybody = _verifier.Anybody();
        using HttpClient maker = _registry.MakerClient();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        byte[] nested = [.. Enumerable.Repeat((byte)0x81, 2000), 0x01];
        async Task AttackAsync(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                Assert.Contains(await anybody.PostTextAsync("/v1/challenges", deep).StatusAsync(), new[] { 400, 413 });
                Assert.Contains(await _board.SubmitAsync(nested).StatusAsync(), new[] { 400, 413 });
                Assert.Contains(await maker.PostBytesAsync("/v1/builds", nested, SignedFiles.MediaType).StatusAsync(), new[] { 400, 413 });
                Assert.InRange(await maker.PostTextAsync("/v1/devices", deep + "\n" + deep, "application/jsonl").StatusAsync(), 200, 413);
            }
        }

        await AttackAsync(20);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await AttackAsync(200);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.True(grown < 16 * 1024 * 1024, $"{grown} bytes stayed after 800 refused requests");
        Assert.Equal(200, await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync());
        Assert.Equal("Unknown", (await _board.AttestAsync()).Text("conformity"));
    }

    /// <summary>Veraison's store grew with each repeated insert and verification with it.</summary>
    [Fact]
    public async Task Never_17_a_manifest_stored_again_each_time_it_is_sent()
    {
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient maker = await _verifier.OrganisationAsync("repeater", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        byte[] file = SignedFiles.Manifest(issuer: "repeater").Sign(key);

        int[] answers = new int[30];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = await maker.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType).StatusAsync();
        }

        Assert.Equal([201, .. Enumerable.Repeat(200, 29)], answers);
        using DbConnection connection = _verifier.Services.GetRequiredService<Database>().Open();
        Assert.Equal((1, 2), (connection.ExecuteScalar<int>("SELECT count(*) FROM builds"), connection.ExecuteScalar<int>("SELECT count(*) FROM build_components")));
    }

    /// <summary>Veraison: 36 of 42 081 requests failed at 86 users because connections ran out.</summary>
    [Fact]
    public async Task Never_18_a_request_that_fails_because_connections_to_the_database_ran_out()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        TestBoard[] boards = [.. Enumerable.Range(0, 100).Select(_ => new TestBoard(_verifier))];
        foreach (TestBoard board in boards)
        {
            await board.EnrolAsync();
        }

        int[] answers = await Task.WhenAll(boards.SelectMany(board => new[] { AttestOnceAsync(board), ReadAsync($"/v1/devices/{board.Ueid}/history"), ReadAsync("/v1/search?q=sensor"), ReadAsync($"/v1/devices/{board.Ueid}") }));

        Assert.Equal(400, answers.Length);
        Assert.All(answers, status => Assert.Equal(200, status));

        async Task<int> AttestOnceAsync(TestBoard board) => await board.SubmitAsync(board.Evidence(await board.ChallengeAsync())).StatusAsync();
        Task<int> ReadAsync(string path) => _operator.GetAsync(new Uri(path, UriKind.Relative)).StatusAsync();
    }

    /// <summary>The boot loader's endless loop and its burnt counter are not ours: no counter of a board is written here. What can be held: our
    /// readers of the same images end on every prefix, and the minimum version is not raised before a build is there that has it.</summary>
    [Fact]
    public async Task Never_19_a_reader_that_never_ends_or_a_minimum_raised_before_its_build_is_there()
    {
        byte[] assembly = File.ReadAllBytes(Path.Combine(SharedData.Repository, "hardware", "samples", "Sample.Sensor-1.0.3.0.pe"));
        byte[] app = EspAppImageWriter.Write(5, 0x42000020, [(0x42000020, new byte[300]), (0x40800000, new byte[64])]);
        Task reading = Task.Run(() =>
        {
            foreach (byte[] file in new[] { assembly, app })
            {
                for (int length = 0; length < file.Length; length++)
                {
                    EspAppImage.TryRead(file.AsSpan(0, length), out _, out _);
                    EspPartitionTable.TryRead(file.AsSpan(0, length), out _, out _);
                    NanoPeFile.TryRead(file.AsSpan(0, length), out _, out _);
                    Deployment.TryRead(file.AsSpan(0, length), out _, out _);
                }
            }
        });
        await reading.WaitAsync(Patience.Long);

        await _registry.SubmitAsync(Firmware.Certified, securityVersion: 3);
        object Minimum(ulong version) => new { version, reason = "x", manufacturer = "acme" };
        string path = $"/v1/classes/{Boards.Class}/minimum-security-version";
        await _operator.PostJsonAsync(path, Minimum(4)).AssertProblemAsync(422, "NoBuild");
        await _operator.PostJsonAsync(path, Minimum(3)).AssertStatusAsync(200);
        await _operator.PostJsonAsync(path, Minimum(2)).AssertProblemAsync(409, "Conflict");
    }

    /// <summary>TFMV-11, hawkBit issue 3185: what a board calls its version decides nothing; digests do.</summary>
    [Fact]
    public async Task Never_20_a_version_trusted_without_its_digest()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        string next = await _registry.SubmitAsync(Firmware.OtherTampered, "2.0.0", securityVersion: 2);
        await _registry.CertifyAsync(next, "basic");
        byte[] nonce = await _board.ChallengeAsync();
        EvidenceClaims claims = new()
        {
            Nonce = nonce,
            Ueid = Convert.FromHexString(_board.Ueid),
            OemId = 32473,
            HardwareModel = Guid.Parse(Boards.Class).ToByteArray(bigEndian: true),
            UptimeSeconds = 1,
            BootCount = 1,
            BootSeed = new byte[16],
            SoftwareName = "App",
            SoftwareVersion = "2.0.0",
        };
        claims.AddComponent("clr", Firmware.Tampered.Components[0].Sha256.ToArray());
        claims.AddComponent("deployment", Firmware.Tampered.Components[1].Sha256.ToArray());
        EvidenceWriter writer = new();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, _board.Authenticator()));

        using HttpResponseMessage response = await _board.SubmitAsync(writer.Buffer[..writer.Length]);

        JsonElement device = await response.JsonAsync();
        Assert.Equal(("Compromised", "UnknownMeasurement"), ShortOf(device));
    }

    /// <summary>Zephyr pull request 61891: TF-M's dummy key in products.</summary>
    [Fact]
    public async Task Never_21_a_board_that_signs_with_a_missing_or_dummy_key()
    {
        byte[][] secrets =
        [
            new byte[32],
            [.. Enumerable.Repeat((byte)0xff, 32)],
            [.. "test"u8, .. new byte[28]],
            SHA256.HashData("secret"u8),
            [.. Enumerable.Repeat<byte[]>([0xde, 0xad, 0xbe, 0xef], 8).SelectMany(bytes => bytes)],
        ];
        foreach (byte[] secret in secrets)
        {
            await _operator.PostTextAsync("/v1/devices", Boards.Hmac(key: secret).ToJsonString()).AssertProblemAsync(400, "Malformed");
            JsonObject rekey = new() { ["key"] = Boards.HmacKey(secret), ["reason"] = "x" };
            await _operator.PostTextAsync($"/v1/devices/{_board.Ueid}/rekey", rekey.ToJsonString()).AssertProblemAsync(400, "Malformed");
        }

        string ueid = Boards.NewUeid();
        await _operator.PostTextAsync("/v1/devices", Boards.Hmac(ueid, SHA256.HashData(Convert.FromHexString(ueid))).ToJsonString()).AssertProblemAsync(400, "Malformed");
        foreach (string number in new[] { One, One[..63] + "2", TfmDummy })
        {
            using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Convert.FromHexString(number) });
            JsonElement problem = await _operator.PostTextAsync("/v1/devices", Boards.P256(key: key).ToJsonString()).AssertProblemAsync(400, "Malformed");
            Assert.Contains("everybody knows", problem.Text("seen"), StringComparison.Ordinal);
        }

        JsonObject keyless = Boards.Hmac().With("key", null);
        await _operator.PostTextAsync("/v1/devices", keyless.ToJsonString()).AssertProblemAsync(400, "Malformed");
        await _board.SubmitAsync(_board.Evidence(await _board.ChallengeAsync(), authenticator: TestAuthenticator.Hmac(_board.Kid, new byte[32]))).AssertProblemAsync(401, "BadSignature");
    }

    /// <summary>hawkBit issue 3185.</summary>
    [Fact]
    public async Task Never_22_an_image_reported_as_in_sync_while_another_one_runs()
    {
        (string certified, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        JsonElement good = await AttestAsync();
        Assert.Equal((certified, certificate), (good.Text("build"), Assert.Single(good.Texts("certificates"))));

        JsonElement other = await AttestAsync(Firmware.Tampered);

        Assert.Equal(JsonValueKind.Null, other.GetProperty("build").ValueKind);
        Assert.Empty(other.Texts("certificates"));
        JsonElement deployment = other.GetProperty("components").EnumerateArray().Single(component => component.Text("name") == "deployment");
        Assert.NotEqual(deployment.GetProperty("expected").GetString(), deployment.Text("reported"));
        Assert.Equal("Compromised", (await GateAsync(_board.Ueid, "deny"))[0]);
        Assert.Equal(other.Text("conformity"), (await _board.HistoryAsync())[0].Text("conformity"));
    }
}
