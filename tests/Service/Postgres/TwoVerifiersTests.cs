using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Postgres;

public sealed class TwoVerifiersTests
{
    [RequiresPostgresFact]
    public async Task A_challenge_of_one_verifier_is_taken_by_the_other_and_by_none_a_second_time()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        await pair.Registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(pair.First).EnrolAsync();
        byte[] evidence = [];

        // The second verifier made the newest challenge key; the first follows within a moment.
        await Eventually.TrueAsync(
            async () =>
            {
                evidence = board.Evidence(await board.At(pair.First).ChallengeAsync());
                using HttpResponseMessage answer = await board.At(pair.Second).SubmitAsync(evidence);
                return (int)answer.StatusCode == 200;
            },
            "the second verifier takes evidence for a challenge of the first");
        using HttpResponseMessage again = await board.At(pair.First).SubmitAsync(evidence);
        using HttpResponseMessage andAgain = await board.At(pair.Second).SubmitAsync(evidence);

        Assert.Equal((409, 409), ((int)again.StatusCode, (int)andAgain.StatusCode));
    }

    [RequiresPostgresFact]
    public async Task Evidence_that_alternates_between_verifiers_is_one_board_with_one_history()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        await pair.Registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(pair.First).EnrolAsync();
        await AttestAsync(board, pair.First);

        for (int i = 0; i < 10; i++)
        {
            board.Uptime++;
            JsonElement device = await AttestAsync(board, i % 2 == 0 ? pair.Second : pair.First);
            Assert.Equal("Conformant", device.Text("conformity"));
        }

        Assert.Single(await board.At(pair.Second).HistoryAsync());
    }

    [RequiresPostgresFact]
    public async Task A_build_and_its_certificate_submitted_to_one_count_for_evidence_at_the_other_and_a_suspension_shows_there_within_5_s()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        using TestBoard board = await new TestBoard(pair.First).EnrolAsync();
        (string build, string certificate) = await pair.Registry.SubmitCertifiedAsync(Firmware.Certified);

        JsonElement device = await AttestAsync(board, pair.Second);

        Assert.Equal(("Conformant", build), (device.Text("conformity"), device.Text("build")));

        await pair.Registry.DecideAsync(certificate, "suspend");
        await Within5SecondsAsync(async () => (await board.At(pair.Second).DeviceAsync()).Text("conformity") == "CertificateNotInForce", "the other verifier shows the suspension");
        await Within5SecondsAsync(async () => (await board.At(pair.Second).HistoryAsync()).Length == 2, "the history has the change once");
    }

    [RequiresPostgresFact]
    public async Task An_identity_conflict_is_seen_across_verifiers_and_cleared_across_them()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        await pair.Registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(pair.First).EnrolAsync();
        await AttestAsync(board, pair.First);

        board.BootCount--;
        JsonElement clone = await AttestAsync(board, pair.Second);

        Assert.Contains("IdentityConflict", clone.GetProperty("drift").EnumerateArray().Select(cause => cause.GetString()));

        using HttpClient op = pair.First.Operator();
        Assert.Equal(200, await op.PostJsonAsync($"/v1/devices/{board.Ueid}/clear", new { reason = "board exchanged" }).StatusAsync());
        JsonElement cleared = await AttestAsync(board, pair.Second);

        Assert.Equal("Conformant", cleared.Text("conformity"));
    }

    [RequiresPostgresFact]
    public async Task A_rekey_at_one_ends_the_old_key_at_the_other()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        using TestBoard board = await new TestBoard(pair.First).EnrolAsync();
        await AttestAsync(board, pair.Second);
        using HttpClient op = pair.First.Operator();
        byte[] late = board.Evidence(await board.At(pair.Second).ChallengeAsync());

        int status = await op.PostTextAsync($"/v1/devices/{board.Ueid}/rekey", JsonSerializer.Serialize(new { key = Boards.HmacKey(RandomNumberGenerator.GetBytes(32)), reason = "stolen" })).StatusAsync();
        using HttpResponseMessage answer = await board.At(pair.Second).SubmitAsync(late);

        Assert.Equal(200, status);
        // 401 where the other had seen the new key before the signature was looked at, 404 where it came to know of it with its turn.
        Assert.Contains((int)answer.StatusCode, new[] { 401, 404 });
    }

    [RequiresPostgresFact]
    public async Task A_token_that_one_ends_is_no_login_at_the_other_and_a_new_one_is()
    {
        await using TwoVerifiers pair = await TwoVerifiers.StartAsync();
        using HttpClient first = await pair.First.OrganisationAsync("globex", "manufacturer");
        using HttpClient second = pair.Second.With(first.DefaultRequestHeaders.Authorization!.Parameter!);
        await Within5SecondsAsync(async () => await second.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync() == 200, "the new login works at the other");

        using HttpClient op = pair.First.Operator();
        Assert.Equal(200, await op.PostJsonAsync("/v1/organisations/globex/token", new { }).StatusAsync());

        await Within5SecondsAsync(async () => await second.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync() == 401, "the ended login is refused at the other");
    }

    [RequiresPostgresFact]
    public async Task Three_verifiers_that_start_at_once_on_an_empty_database_make_one_schema_and_all_work()
    {
        using TestDatabase database = TestDatabase.Empty();
        await using VerifierUnderTest keys = await VerifierUnderTest.StartAsync();
        VerifierUnderTest[] verifiers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => VerifierUnderTest.StartOnAsync(database, keysOf: keys))));

        foreach (VerifierUnderTest verifier in verifiers)
        {
            using HttpClient anybody = verifier.Anybody();
            Assert.Equal("ready", (await anybody.GetJsonAsync("/readyz")).Text("status"));
        }

        foreach (VerifierUnderTest verifier in verifiers)
        {
            await verifier.DisposeAsync();
        }
    }

    // A verifier takes over a new challenge key within a moment; until then a board asks again.
    private static async Task<JsonElement> AttestAsync(TestBoard board, VerifierUnderTest verifier)
    {
        JsonElement device = default;
        await Eventually.TrueAsync(
            async () =>
            {
                using HttpResponseMessage answer = await board.At(verifier).SubmitAsync(board.Evidence(await board.ChallengeAsync()));
                device = await answer.JsonAsync();
                return answer.IsSuccessStatusCode;
            },
            "the evidence is taken");
        return device;
    }

    private static async Task Within5SecondsAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource over = new(TimeSpan.FromSeconds(5));
        while (!await condition())
        {
            Assert.False(over.IsCancellationRequested, $"not within 5 s: {what}");
            await Task.Delay(50);
        }
    }
}
