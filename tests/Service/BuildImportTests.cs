using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Tests;

/// <summary>A manufacturer's CoRIM that another tool made becomes reference values, and the answer says what was ignored.</summary>
public sealed class BuildImportTests : IAsyncLifetime
{
    private readonly ECDsa _key = SignedFiles.NewKey();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer", _key.ExportSubjectPublicKeyInfoPem());
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _key.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task An_imported_build_is_matched_and_read_back_also_after_a_restart()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        using HttpResponseMessage response = await _acme.PostBytesAsync("/v1/builds?version=2.0.0&securityVersion=3", File(Firmware.Certified), SignedFiles.MediaType);
        JsonElement build = await response.JsonAsync();

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(("2.0.0", 3), (build.Text("version"), build.GetProperty("securityVersion").GetInt32()));
        Assert.Contains("vendor", build.Texts("ignored").Single(), StringComparison.Ordinal);
        Assert.Equal("PendingCoverage", (await board.AttestAsync()).Text("conformity"));

        await _verifier.RestartAsync();
        using HttpClient anybody = _verifier.Anybody();
        using HttpResponseMessage again = await anybody.GetAsync($"/v1/builds/{build.Text("id")}");
        Assert.Equal(build.GetProperty("components").GetRawText(), (await again.JsonAsync()).GetProperty("components").GetRawText());
    }

    [Fact]
    public async Task Without_a_profile_the_terms_must_be_said_and_with_one_they_must_not()
    {
        await _acme.PostBytesAsync("/v1/builds", File(Firmware.Certified), SignedFiles.MediaType).AssertProblemAsync(422, "UnknownProfile");
        await _acme.PostBytesAsync("/v1/builds?class=3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", File(Firmware.Certified), SignedFiles.MediaType).AssertProblemAsync(400, "Malformed");
        byte[] own = new BuildManifest(Guid.Parse(Boards.Class), "acme", "1.0.0", 1, [new ComponentDigest("clr", Sha256Digest.Of([1]))], []).Sign(_key);
        await _acme.PostBytesAsync("/v1/builds?version=1.0.0", own, SignedFiles.MediaType).AssertProblemAsync(422, "UnknownProfile");
    }

    private byte[] File(MeasuredSet measured) => BuildManifestWriter.Sign(Body(measured), "acme", "other tool", _key);

    private static byte[] Body(MeasuredSet measured)
    {
        CborWriter comid = new();
        comid.WriteStartMap(2);
        comid.WriteInt32(1);
        comid.WriteStartMap(1);
        comid.WriteInt32(0);
        comid.WriteTextString("tag of another tool");
        comid.WriteEndMap();
        comid.WriteInt32(4);
        comid.WriteStartMap(1);
        comid.WriteInt32(0);
        comid.WriteStartArray(1);
        comid.WriteStartArray(2);
        WriteEnvironment(comid);
        comid.WriteStartArray(measured.Components.Length);
        foreach (MeasuredComponent component in measured.Components)
        {
            WriteMeasurement(comid, component);
        }

        comid.WriteEndArray();
        comid.WriteEndArray();
        comid.WriteEndArray();
        comid.WriteEndMap();
        comid.WriteEndMap();
        CborWriter corim = new();
        corim.WriteTag((CborTag)501);
        corim.WriteStartMap(2);
        corim.WriteInt32(0);
        corim.WriteTextString("corim of another tool");
        corim.WriteInt32(1);
        corim.WriteStartArray(1);
        corim.WriteTag((CborTag)506);
        corim.WriteByteString(comid.Encode());
        corim.WriteEndArray();
        corim.WriteEndMap();
        return corim.Encode();
    }

    private static void WriteEnvironment(CborWriter writer)
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        writer.WriteStartMap(2);
        writer.WriteInt32(0);
        writer.WriteTag((CborTag)37);
        writer.WriteByteString(Guid.Parse(Boards.Class).ToByteArray(bigEndian: true));
        writer.WriteInt32(1);
        writer.WriteTextString("ACME");
        writer.WriteEndMap();
        writer.WriteEndMap();
    }

    private static void WriteMeasurement(CborWriter writer, MeasuredComponent component)
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(0);
        writer.WriteTextString(component.Name);
        writer.WriteInt32(1);
        writer.WriteStartMap(1);
        writer.WriteInt32(2);
        writer.WriteStartArray(1);
        writer.WriteStartArray(2);
        writer.WriteInt32(1);
        writer.WriteByteString(component.Sha256.Span);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndMap();
        writer.WriteEndMap();
    }
}
