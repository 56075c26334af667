using System.Text.Json;
using IotAttest.Domain.Certificates;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Certificates;

public sealed class PatchTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Story_08_Ship_a_patch_without_turning_the_fleet_red_under_an_assessed_process()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(_clock);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        string certificate = await registry.CertifyAsync(await registry.SubmitAsync(Firmware.Certified), patchPolicy: PatchPolicy.Assessed(30));
        _clock.Advance(TimeSpan.FromDays(5));
        string patch = await registry.SubmitAsync(Firmware.Tampered, "1.0.1", securityVersion: 2);

        JsonElement shipped = await board.AttestAsync(Firmware.Tampered);
        await verifier.RestartAsync();
        _clock.Advance(TimeSpan.FromDays(30));
        JsonElement last = await board.AttestAsync(Firmware.Tampered);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        JsonElement after = await board.DeviceAsync();

        Assert.Equal(("Conformant", patch, certificate), (shipped.Text("conformity"), shipped.Text("build"), shipped.GetProperty("certificates")[0].GetString()));
        Assert.Equal(("Conformant", "manufacturer"), (last.Text("conformity"), last.Text("responsible")));
        Assert.Equal("PendingCoverage", after.Text("conformity"));
        Assert.Empty(after.Texts("certificates"));
    }
}
