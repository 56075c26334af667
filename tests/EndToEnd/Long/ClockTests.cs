using System.Globalization;
using System.Net.Http.Headers;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Freshness;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The verifier's clock steps both ways under load (DESIGN.md section 4: a step back rotates the challenge key).</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class ClockTests(ITestOutputHelper output)
{
    private const int Boards = 32;

    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(10);

    // Ahead of the machine's clock, one after the other: each is a step of its own, small and large, both ways.
    private static readonly int[] Offsets = [3600, 0, -3600, -3570, -3660, 0, 90, -5, -6, 86_400, -86_400];

    [RequiresLongRunFact(SteppedClock.Tool)]
    public async Task Stepped_both_ways_under_load_it_loses_nothing_takes_nothing_old_and_boards_go_on_within_their_cadence()
    {
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 3);
        using TemporaryFolder folder = new();
        using SteppedClock clock = new();
        using ChildVerifier verifier = await ChildVerifier.StartWithAsync(folder.Path, clock.Environment, CancellationToken.None, "--attest-every", $"{Cadence.TotalSeconds}s");
        await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Result);
        using HttpClient http = verifier.Operator();
        using LoadFleet bystander = await LoadFleet.EnrolAsync(http, Domain.Devices.DeviceKeyKind.Hmac, 1);
        EvidenceMaker witness = bystander.Boards[0];
        fleet.MoveTo(verifier);
        fleet.Start();
        List<TimeSpan> recoveries = [];
        List<byte[]> taken = [];
        foreach (int seconds in Enumerable.Repeat(Offsets, rounds).SelectMany(offsets => offsets))
        {
            await fleet.EveryBoardAsync();
            byte[] accepted = witness.Make(await ChallengeAsync(http, witness));
            Assert.Equal(200, await SubmitAsync(http, accepted));
            taken.Add(accepted);
            byte[] open = witness.Make(await ChallengeAsync(http, witness));
            TimeSpan step = TimeSpan.FromSeconds(seconds) - clock.Offset;
            clock.Set(TimeSpan.FromSeconds(seconds));
            await SeenAsync(http, witness, clock);

            recoveries.Add(await fleet.EveryBoardAsync());
            Assert.True(recoveries[^1] < Pace.Allowed(Cadence), $"{recoveries[^1]} until every board went on after a step of {step}");

            if (step > ChallengeCheck.Lifetime || step < -ChallengeCheck.ClockTolerance)
            {
                // Before the step it was good; now it is too old, or of a key that is gone.
                await RefusedAsync(http, open, step);
            }

            foreach (byte[] old in taken)
            {
                await RefusedAsync(http, old, step);
            }
        }

        await fleet.StopAsync();
        string held = await LongLedger.HoldAgainstAsync(verifier, fleet.Ledger);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"clock: {recoveries.Count} steps of up to two days both ways; {held}; longest until every board went on {recoveries.Max().TotalSeconds:N2} s of a cadence of {Cadence.TotalSeconds:N0} s"));
    }

    /// <summary>Waits until a challenge carries the new time.</summary>
    private static Task SeenAsync(HttpClient http, EvidenceMaker board, SteppedClock clock) => Eventually.TrueAsync(
        async () =>
        {
            long ms = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(await ChallengeAsync(http, board));
            return (DateTimeOffset.FromUnixTimeMilliseconds(ms) - clock.Now).Duration() < TimeSpan.FromSeconds(1);
        },
        "the verifier's clock has stepped");

    private static async Task RefusedAsync(HttpClient http, byte[] evidence, TimeSpan step)
    {
        int status = await SubmitAsync(http, evidence);
        Assert.True(status is 409 or 422, $"old evidence was answered with {status} after a step of {step}");
    }

    private static async Task<byte[]> ChallengeAsync(HttpClient http, EvidenceMaker board)
    {
        using HttpResponseMessage response = await http.PostJsonAsync("/v1/challenges", new { ueid = board.Ueid });
        return System.Buffers.Text.Base64Url.DecodeFromChars((await response.JsonAsync()).Text("challenge"));
    }

    private static async Task<int> SubmitAsync(HttpClient http, byte[] evidence)
    {
        using ByteArrayContent content = new(evidence);
        content.Headers.ContentType = new MediaTypeHeaderValue(TestBoard.EvidenceType);
        using HttpResponseMessage response = await http.PostAsync(new Uri("/v1/evidence", UriKind.Relative), content);
        return (int)response.StatusCode;
    }
}
