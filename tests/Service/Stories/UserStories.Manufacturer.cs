using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Service.Tests.Advisories;

namespace IotAttest.Service.Tests.Stories;

/// <summary>What a manufacturer wants. Stories 9, 10 and 11 stand beside the tests of their feature.</summary>
public sealed partial class UserStories
{
    /// <summary>The one command and its bytes are in the tests of the command line; here is what the verifier takes and says.</summary>
    [Fact]
    public async Task Story_07_Submit_a_build_from_CI()
    {
        await using AdvisoryScene scene = await AdvisoryScene.StartAsync();
        await scene.TakeAsync(AdvisoryFiles.Affected("pkg:generic/libfiction@2.0"));
        string sbom = AdvisoryScene.SbomWith("libfiction");

        JsonElement taken = await scene.SubmitAsync("1.2.0", sbom);

        // Accepted, with a warning that names part and advisory.
        string warning = Assert.Single(taken.GetProperty("warnings").EnumerateArray()).Text("text");
        Assert.Contains("FICTION-2099-0001", warning, StringComparison.Ordinal);
        Assert.Contains("libfiction", warning, StringComparison.Ordinal);

        // Any other bill of materials than the one the manifest names is refused, and so is a manifest with one digest changed.
        JsonElement without = await scene.SubmitAsync("1.3.0");
        await scene.Work.Maker.PostTextAsync($"/v1/builds/{without.Text("id")}/sbom", sbom).AssertProblemAsync(422, "SbomMismatch");
        byte[] file = scene.Work.SignByMaker(SignedFiles.Manifest("1.4.0"));
        file[file.AsSpan().IndexOf(SignedFiles.DigestOf("1.4.0").ToBytes())] ^= 1;
        await scene.Work.Maker.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType).AssertProblemAsync(401, "BadSignature");
    }

    /// <summary>The days of an assessed process are counted in <see cref="Certificates.PatchTests"/>.</summary>
    [Fact]
    public async Task Story_08_Ship_a_patch_without_turning_the_fleet_red()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        Assert.Equal("Conformant", (await board.AttestAsync()).Text("conformity"));
        using ECDsa otherKey = SignedFiles.NewKey();
        using HttpClient maker = registry.MakerClient();
        ComponentDigest[] patched = [.. Firmware.OtherTampered.Components.Select(component => new ComponentDigest(component.Name, new Sha256Digest(component.Sha256.Span)))];
        BuildManifest patch = new(Guid.Parse(Boards.Class), "acme", "1.0.1", 2, patched, []);

        // The same image under another key is no build of the manufacturer.
        await maker.PostBytesAsync("/v1/builds", patch.Sign(otherKey), SignedFiles.MediaType).AssertProblemAsync(404, "UnknownKey");
        board.Uptime++;
        JsonElement unsigned = await board.AttestAsync(Firmware.OtherTampered);
        Assert.Equal(("Compromised", "UnknownMeasurement"), (unsigned.Text("conformity"), Assert.Single(unsigned.Drift())));

        // Signed by the manufacturer and newer, it waits for coverage, and the fleet turns blue, not red.
        string build = await registry.SubmitAsync(Firmware.OtherTampered, "1.0.1", securityVersion: 2);
        board.Uptime++;
        JsonElement pending = await board.AttestAsync(Firmware.OtherTampered);
        Assert.Equal(("PendingCoverage", build), (pending.Text("conformity"), pending.Text("build")));
        Assert.Equal(["UncertifiedUpdate"], pending.Drift());
    }
}
