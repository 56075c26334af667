using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>History follows reference values, silence and the clock without new evidence, and says which it was.</summary>
public sealed class ReappraisalTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2027, 10, 31, 23, 0, 0, TimeSpan.Zero));
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { AttestEvery = TimeSpan.FromSeconds(5) });
        _registry = await Registry.OpenAsync(_verifier);
        _board = await new TestBoard(_verifier).EnrolAsync();
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _board.AttestAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task The_end_of_a_certificate_is_written_by_the_clock()
    {
        _clock.Advance(TimeSpan.FromSeconds(3570));
        await _board.AttestAsync();

        _clock.Advance(TimeSpan.FromSeconds(30.5));

        await HistoryStartsAsync("CertificateNotInForce", "clock");
    }

    [Fact]
    public async Task Silence_is_written_once_and_its_end_too()
    {
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _board.AttestAsync();
        Assert.Single(await _board.HistoryAsync());
        _clock.Advance(TimeSpan.FromSeconds(200));
        await HistoryStartsAsync("Stale", "silence");
        int rows = (await _board.HistoryAsync()).Length;

        await _board.AttestAsync();
        _clock.Advance(TimeSpan.FromSeconds(200));
        await HistoryStartsAsync("Stale", "silence");

        Assert.Equal(rows + 2, (await _board.HistoryAsync()).Length);
    }

    [Fact]
    public async Task Silence_during_a_standstill_of_the_verifier_is_written_after_the_start()
    {
        _clock.Advance(TimeSpan.FromSeconds(71));

        await _verifier.RestartAsync();

        await HistoryStartsAsync("Stale", "silence");
    }

    private Task HistoryStartsAsync(string conformity, string cause) => Eventually.TrueAsync(
        async () => (await _board.HistoryAsync())[0] is JsonElement row && row.Text("conformity") == conformity && row.Text("cause") == cause, $"history: {conformity} by {cause}");
}
