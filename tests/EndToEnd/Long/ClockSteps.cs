using System.Globalization;
using System.Net.Http.Headers;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Freshness;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>A verifier under load whose clock is stepped, and what has to hold after each step.</summary>
internal sealed class ClockSteps : IAsyncDisposable
{
    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _clock = new();
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<byte[]> _taken = [];
    private ChildVerifier? _verifier;
    private LongFleet? _fleet;
    private HttpClient? _http;
    private LoadFleet? _bystander;

    private EvidenceMaker Witness => _bystander!.Boards[0];

    /// <summary>Starts the verifier and so many boards.</summary>
    public async Task StartAsync(int boards)
    {
        _verifier = await ChildVerifier.StartWithAsync(_folder.Path, _clock.Environment, CancellationToken.None, "--attest-every", $"{Cadence.TotalSeconds}s");

        // PUBACK tells a refusal too, and what is on its way at a step is refused: only a result says that a board went on.
        _fleet = await LongFleet.EnrolAsync(_verifier, boards, Acknowledgement.Result);
        _http = _verifier.Operator();
        _bystander = await LoadFleet.EnrolAsync(_http, Domain.Devices.DeviceKeyKind.Hmac, 1);
        _fleet.MoveTo(_verifier);
        _fleet.Start();
    }

    /// <summary>Steps to so many seconds ahead of the machine's clock: boards go on within their cadence, and nothing of before is taken.</summary>
    public async Task StepToAsync(int seconds)
    {
        await _fleet!.EveryBoardAsync();
        byte[] accepted = Witness.Make(await ChallengeAsync());
        Assert.Equal(200, await SubmitAsync(accepted));
        _taken.Add(accepted);
        byte[] open = Witness.Make(await ChallengeAsync());
        TimeSpan step = TimeSpan.FromSeconds(seconds) - _clock.Offset;
        _clock.Set(TimeSpan.FromSeconds(seconds));
        await SeenAsync();

        _recoveries.Add(await _fleet!.EveryBoardAsync());
        Assert.True(_recoveries[^1] < Pace.Allowed(Cadence), $"{_recoveries[^1]} until every board went on after a step of {step}");

        if (step > ChallengeCheck.Lifetime || step < -ChallengeCheck.ClockTolerance)
        {
            // Before the step it was good; now it is too old, or of a key that is gone.
            await RefusedAsync(open, step);
        }

        foreach (byte[] old in _taken)
        {
            await RefusedAsync(old, step);
        }
    }

    /// <summary>Ends the load and holds the ledger against the verifier.</summary>
    /// <returns>The line of figures.</returns>
    public async Task<string> HoldAsync()
    {
        await _fleet!.StopAsync();
        string held = await LongLedger.HoldAgainstAsync(_verifier!, _fleet.Ledger);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"clock: {_recoveries.Count} steps; {held}; longest until every board went on {_recoveries.Max().TotalSeconds:N2} s of a cadence of {Cadence.TotalSeconds:N0} s");
    }

    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }

        _bystander?.Dispose();
        _http?.Dispose();
        _verifier?.Dispose();
        _clock.Dispose();
        _folder.Dispose();
    }

    /// <summary>Waits until a challenge carries the new time.</summary>
    private Task SeenAsync() => Eventually.TrueAsync(
        async () =>
        {
            long ms = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(await ChallengeAsync());
            return (DateTimeOffset.FromUnixTimeMilliseconds(ms) - _clock.Now).Duration() < TimeSpan.FromSeconds(1);
        },
        "the verifier's clock has stepped");

    private async Task RefusedAsync(byte[] evidence, TimeSpan step)
    {
        int status = await SubmitAsync(evidence);
        Assert.True(status is 409 or 422, $"old evidence was answered with {status} after a step of {step}");
    }

    private async Task<byte[]> ChallengeAsync()
    {
        using HttpResponseMessage response = await _http!.PostJsonAsync("/v1/challenges", new { ueid = Witness.Ueid });
        return System.Buffers.Text.Base64Url.DecodeFromChars((await response.JsonAsync()).Text("challenge"));
    }

    private async Task<int> SubmitAsync(byte[] evidence)
    {
        using ByteArrayContent content = new(evidence);
        content.Headers.ContentType = new MediaTypeHeaderValue(TestBoard.EvidenceType);
        using HttpResponseMessage response = await _http!.PostAsync(new Uri("/v1/evidence", UriKind.Relative), content);
        return (int)response.StatusCode;
    }
}
