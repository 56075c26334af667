using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Enrolment by device certificate (IEEE 802.1AR IDevID) through the routes.</summary>
public sealed class DeviceCertificateTests : IAsyncLifetime
{
    private const string Cas = "/v1/organisations/acme/device-cas";
    private const string Route = "/v1/devices/idevid";

    private readonly FakeClock _clock = new();
    private readonly TestCa _root = TestCa.Root();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _acme = null!;
    private HttpClient _fleet = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        _acme = _registry.MakerClient();
        _fleet = await _verifier.OrganisationAsync("fleet", "integrator");
        _board = NewBoard();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _fleet.Dispose();
        _acme.Dispose();
        _registry.Dispose();
        _root.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_board_with_a_certificate_is_enrolled_and_its_first_evidence_is_appraised()
    {
        await RegisterAsync();
        using TestCa line = _root.Under(pathLength: 0);
        using X509Certificate2 leaf = Leaf(line);

        using HttpResponseMessage made = await _acme.PostJsonAsync(Route, new { organisation = "acme", chain = Chain(leaf, line.Certificate), owner = "fleet" });
        using HttpResponseMessage again = await _acme.PostJsonAsync(Route, new { organisation = "acme", pem = leaf.ExportCertificatePem() + "\n" + line.Pem });

        Assert.True((int)made.StatusCode == 201, await made.Content.ReadAsStringAsync());
        Assert.Equal(_board.Ueid, (await made.JsonAsync()).Text("ueid"));
        Assert.Equal(43, (await made.JsonAsync()).Text("credential").Length);
        Assert.Equal(200, (int)again.StatusCode);
        JsonElement device = await _board.AttestAsync();
        Assert.Equal(("Conformant", "hardware-rooted"), (device.Text("conformity"), device.Text("evidenceStrength")));
        Assert.Equal("Active", (await _fleet.GetJsonAsync($"/v1/devices/{_board.Ueid}")).Text("lifecycle"));
    }

    [Fact]
    public async Task An_integrator_shows_that_the_board_is_in_its_hands_because_certificates_are_public()
    {
        await RegisterAsync();
        using X509Certificate2 leaf = Leaf(_root);
        using TestBoard copy = new(_verifier, isEs256: true) { Ueid = _board.Ueid };
        string pem = leaf.ExportCertificatePem();

        await _fleet.PostJsonAsync(Route, new { organisation = "acme", pem }).AssertProblemAsync(403, "Forbidden");
        await _fleet.PostJsonAsync(Route, new { organisation = "acme", pem, proof = await ProofAsync(copy) }).AssertProblemAsync(422, "ProofOfPossession");
        await _fleet.PostJsonAsync(Route, new { organisation = "acme", pem, owner = "acme", proof = await ProofAsync(_board) }).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(201, await _fleet.PostJsonAsync(Route, new { organisation = "acme", pem, proof = await ProofAsync(_board) }).StatusAsync());

        Assert.Equal("Enrolled", (await _fleet.GetJsonAsync($"/v1/devices/{_board.Ueid}")).Text("lifecycle"));
        using HttpClient eve = await _verifier.OrganisationAsync("eve", "integrator");
        await eve.PostJsonAsync(Route, new { organisation = "acme", pem, proof = await ProofAsync(_board) }).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task A_certificate_for_a_UEID_with_another_key_does_not_change_the_board()
    {
        await RegisterAsync();
        using X509Certificate2 leaf = Leaf(_root);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 second = _root.Device(other, _board.Ueid, Boards.Class);
        Assert.Equal(201, await EnrolAsync(leaf).StatusAsync());

        await EnrolAsync(second).AssertProblemAsync(409, "Conflict");

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Conformant", (await _board.AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task Nothing_is_enrolled_under_no_root_a_foreign_one_or_one_that_was_removed_with_a_reason()
    {
        using X509Certificate2 leaf = Leaf(_root);
        await EnrolAsync(leaf).AssertProblemAsync(422, "ChainNotTrusted");
        string ca = await RegisterAsync();
        using TestCa foreign = TestCa.Root();
        using X509Certificate2 ofForeign = Leaf(foreign);
        await EnrolAsync(ofForeign).AssertProblemAsync(422, "ChainNotTrusted");

        await _acme.DeleteJsonAsync($"{Cas}/{ca}", new { }).AssertProblemAsync(400, "Malformed");
        Assert.Equal(200, await _acme.DeleteJsonAsync($"{Cas}/{ca}", new { reason = "line closed" }).StatusAsync());

        await EnrolAsync(leaf).AssertProblemAsync(422, "ChainNotTrusted");
        JsonElement listed = (await _acme.GetJsonAsync(Cas)).GetProperty("cas")[0];
        Assert.Equal("line closed", listed.Text("removalReason"));
        await PostRootAsync(_root).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task A_root_is_registered_with_a_proof_of_its_key_for_that_manufacturer_alone()
    {
        using TestCa between = _root.Under();
        using HttpClient rival = await _verifier.OrganisationAsync("rival", "manufacturer");

        await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = _root.Proof("rival"), evidenceStrength = "native" }).AssertProblemAsync(400, "Malformed");
        await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = between.Proof("acme"), evidenceStrength = "native" }).AssertProblemAsync(400, "Malformed");
        await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = "x", evidenceStrength = "native" }).AssertProblemAsync(400, "Malformed");
        await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "self-reported" }).AssertProblemAsync(400, "Malformed");
        await PostRootAsync(between).AssertProblemAsync(422, "CertificateProfile");
        await rival.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "native" }).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(201, await PostRootAsync(_root).StatusAsync());
        Assert.Equal(200, await PostRootAsync(_root).StatusAsync());
        await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "native" }).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Registration_narrows_the_root()
    {
        Assert.Equal(201, await _acme.PostJsonAsync(Cas, new { certificate = _root.Pem, proof = _root.Proof("acme"), evidenceStrength = "native", oemid = "32473", subjectOrganisation = "acme", ueidPrefix = "01ff" }).StatusAsync());
        using X509Certificate2 outside = _root.Device(_board.Signer, "01fe112233445566778899aabbccddeeff", Boards.Class);
        using X509Certificate2 inside = _root.Device(_board.Signer, "01ff112233445566778899aabbccddeeff", Boards.Class);

        JsonElement problem = await EnrolAsync(outside).AssertProblemAsync(422, "OutsideRegistration");

        Assert.Contains("01ff", problem.Text("seen"), StringComparison.Ordinal);
        Assert.Equal(201, await EnrolAsync(inside).StatusAsync());
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_enrolled_and_a_board_that_is_goes_into_quarantine_at_once_and_stays_there_until_it_has_another_key()
    {
        string ca = await RegisterAsync();
        using X509Certificate2 leaf = _root.Device(_board.Signer, _board.Ueid, Boards.Class, serial: [0x11]);
        using TestBoard late = new(_verifier, isEs256: true);
        using X509Certificate2 lateLeaf = _root.Device(late.Signer, late.Ueid, Boards.Class, serial: [0x22]);
        Assert.Equal(201, await EnrolAsync(leaf).StatusAsync());
        await _board.AttestAsync();

        using HttpResponseMessage taken = await CrlAsync(ca, _root.Crl(1, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(30), [0x11], [0x22]));

        Assert.True((int)taken.StatusCode == 200, await taken.Content.ReadAsStringAsync());
        Assert.Equal(1, (await taken.JsonAsync()).GetProperty("revoked").GetInt32());
        Assert.Equal("Quarantined", (await _board.DeviceAsync()).Text("lifecycle"));
        Assert.Equal("quarantine by acme: device certificate revoked (CRL 1)", (await _board.HistoryAsync())[0].Text("cause"));
        await EnrolAsync(lateLeaf).AssertProblemAsync(422, "CertificateRevoked");
        await _acme.PostJsonAsync($"/v1/devices/{_board.Ueid}/release", new { reason = "please" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal(200, await _acme.PostJsonAsync($"/v1/devices/{_board.Ueid}/rekey", new { key = Boards.P256Key(), reason = "new key" }).StatusAsync());
        Assert.Equal(200, await _acme.PostJsonAsync($"/v1/devices/{_board.Ueid}/release", new { reason = "new key" }).StatusAsync());
    }

    [Fact]
    public async Task A_CA_under_the_root_has_a_list_of_its_own()
    {
        string ca = await RegisterAsync();
        using TestCa line = _root.Under(pathLength: 0);
        using X509Certificate2 leaf = line.Device(_board.Signer, _board.Ueid, Boards.Class, serial: [0x11]);
        Assert.Equal(201, await _acme.PostJsonAsync(Route, new { organisation = "acme", chain = Chain(leaf, line.Certificate) }).StatusAsync());
        byte[] der = line.Crl(5, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(30), [0x11]);

        // The list alone says nothing of who signed it.
        await CrlAsync(ca, der).AssertProblemAsync(422, "RevocationListSignature");
        await CrlAsync(ca, _root.Crl(1, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(30), [0x11])).AssertStatusAsync(200);
        Assert.Equal("Enrolled", (await _board.DeviceAsync()).Text("lifecycle"));
        string pem = $"{PemEncoding.WriteString("X509 CRL", der)}\n{line.Pem}\n";
        await _acme.PutBytesAsync($"{Cas}/{ca}/crl", System.Text.Encoding.ASCII.GetBytes(pem), "application/x-pem-file").AssertStatusAsync(200);

        Assert.Equal("Quarantined", (await _board.DeviceAsync()).Text("lifecycle"));
    }

    [Fact]
    public async Task Lists_grow_are_in_force_when_they_come_and_past_their_end_nothing_new_is_enrolled()
    {
        string ca = await RegisterAsync();
        DateTimeOffset now = _clock.GetUtcNow();
        using TestCa foreign = TestCa.Root();
        await CrlAsync(ca, foreign.Crl(1, now, now.AddDays(1))).AssertProblemAsync(422, "RevocationListSignature");
        await CrlAsync(ca, _root.Crl(1, now.AddDays(-2), now.AddDays(-1))).AssertProblemAsync(422, "RevocationListExpired");
        await CrlAsync(ca, _root.Crl(1, now.AddDays(1), now.AddDays(2))).AssertProblemAsync(422, "RevocationListExpired");
        await CrlAsync(ca, [0x30, 0x00]).AssertProblemAsync(422, "MalformedRevocationList");
        await CrlAsync(ca, _root.Crl(2, now, now.AddDays(1))).AssertStatusAsync(200);
        await CrlAsync(ca, _root.Crl(2, now, now.AddDays(9))).AssertProblemAsync(409, "Conflict");
        await CrlAsync(ca, _root.Crl(1, now, now.AddDays(9))).AssertProblemAsync(409, "Conflict");
        using X509Certificate2 leaf = Leaf(_root);

        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await EnrolAsync(leaf).AssertProblemAsync(422, "RevocationListExpired");
        await CrlAsync(ca, _root.Crl(300, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(1))).AssertStatusAsync(200);

        Assert.Equal(201, await EnrolAsync(leaf).StatusAsync());
        Assert.Equal("300", (await _acme.GetJsonAsync(Cas)).GetProperty("cas")[0].GetProperty("crls")[0].Text("number"));
    }

    [Theory]
    [InlineData("""{"organisation":"acme"}""")]
    [InlineData("""{"organisation":"acme","chain":[]}""")]
    [InlineData("""{"organisation":"acme","chain":["AAAA"]}""")]
    [InlineData("""{"organisation":"acme","chain":["*"]}""")]
    [InlineData("""{"organisation":"acme","pem":"-----BEGIN X-----"}""")]
    [InlineData("""{"organisation":"acme","chain":["AAAA"],"evidenceStrength":"native"}""")]
    [InlineData("""{"chain":["AAAA"]}""")]
    public async Task What_is_no_chain_is_400(string body) => await _acme.PostTextAsync(Route, body).AssertProblemAsync(400, "Malformed");

    private TestBoard NewBoard() => new(_verifier, isEs256: true);

    private X509Certificate2 Leaf(TestCa ca) => ca.Device(_board.Signer, _board.Ueid, Boards.Class);

    private static string[] Chain(params X509Certificate2[] certificates) => [.. certificates.Select(certificate => Convert.ToBase64String(certificate.RawData))];

    private async Task<string> RegisterAsync()
    {
        using HttpResponseMessage response = await PostRootAsync(_root);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    private Task<HttpResponseMessage> PostRootAsync(TestCa ca) => _acme.PostJsonAsync(Cas, new { certificate = ca.Pem, proof = ca.Proof("acme"), evidenceStrength = "hardware-rooted" });

    private Task<HttpResponseMessage> EnrolAsync(X509Certificate2 leaf) => _acme.PostJsonAsync(Route, new { organisation = "acme", chain = Chain(leaf) });

    private Task<HttpResponseMessage> CrlAsync(string ca, byte[] der) => _acme.PutBytesAsync($"{Cas}/{ca}/crl", der, "application/pkix-crl");

    private static async Task<string> ProofAsync(TestBoard board) => Base64Url.EncodeToString(board.Evidence(await board.ChallengeAsync()));
}
