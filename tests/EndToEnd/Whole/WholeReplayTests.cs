using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Cli.Bench;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>What one of three verifiers accepted is worth nothing at any of them again, through the queue or over HTTP.</summary>
[Collection(WholeFixture.Name)]
public sealed class WholeReplayTests(WholeFixture fixture)
{
    private const string Repeated = "iotattest_evidence_repeated_total";
    private const string Used = "iotattest_evidence_refused_total{code=\"NonceUsed\"}";
    private const string NotFresh = "iotattest_evidence_refused_total{code=\"NonceNotFresh\"}";

    private WholeCluster Whole => fixture.Whole;

    [RequiresWholeFact]
    public async Task Evidence_accepted_out_of_the_queue_counts_once_whichever_verifier_gets_it_again_and_however()
    {
        await using WholeBoard board = await WholeBoard.ConnectAsync(Whole, node: 0);
        await using WholeBoard other = await WholeBoard.ConnectAsync(Whole, node: 1);
        byte[] nonce = await board.HelloAsync();
        byte[] evidence = board.Evidence(nonce);
        await board.PublishAsync(evidence);
        await board.ResultAsync();

        // The same bytes are a delivery that came twice, others for the same challenge are an attempt, and so is another board's.
        await UntilEachAsync(Repeated, () => board.PublishAsync(evidence));
        await UntilEachAsync(Used, () => board.PublishAsync(board.Evidence(nonce)));
        await UntilEachAsync(NotFresh, () => other.PublishAsync(other.Evidence(nonce)));
        await AllAnswerAsync(409, evidence);
        await AllAnswerAsync(409, board.Evidence(nonce));
        await AllAnswerAsync(422, other.Evidence(nonce));

        Assert.Equal((1, 0), (await ReportsAsync(board), await ReportsAsync(other)));
    }

    [RequiresWholeFact]
    public async Task Evidence_accepted_over_http_by_one_verifier_counts_once_when_it_comes_out_of_the_queue_at_another()
    {
        await using WholeBoard board = await WholeBoard.ConnectAsync(Whole, node: 2);
        for (int first = 0; first < Whole.Verifiers.Count; first++)
        {
            // A challenge of one, taken by the next.
            byte[] nonce = await ChallengeAsync(first, board);
            byte[] evidence = board.Evidence(nonce);
            Assert.Equal(200, await SubmitAsync((first + 1) % Whole.Verifiers.Count, evidence));

            await UntilEachAsync(Repeated, () => board.PublishAsync(evidence));
            await UntilEachAsync(Used, () => board.PublishAsync(board.Evidence(nonce)));
            await AllAnswerAsync(409, evidence);
        }

        Assert.Equal(3, await ReportsAsync(board));
    }

    [RequiresWholeFact]
    public async Task Counters_of_an_epoch_go_back_at_no_verifier()
    {
        await using WholeBoard board = await WholeBoard.ConnectAsync(Whole, node: 1, "epoch");
        using HttpClient anybody = new() { BaseAddress = Whole.Verifiers[0].Http };
        byte[] nonce = SHA256.HashData(await anybody.GetByteArrayAsync(new Uri("/v1/epoch", UriKind.Relative)));
        byte[] early = board.Evidence(nonce);
        byte[] late = board.Evidence(nonce);
        await board.PublishAsync(late);
        await board.ResultAsync();

        await UntilEachAsync(Used, () => board.PublishAsync(early));
        await UntilEachAsync(Repeated, () => board.PublishAsync(late));
        await AllAnswerAsync(409, early);
        await AllAnswerAsync(409, late);

        Assert.Equal(1, await ReportsAsync(board));
    }

    // The queue deals messages out by turns, to whoever has room.
    private async Task UntilEachAsync(string metric, Func<Task> publish)
    {
        double[] before = await Whole.MetricsAsync(metric);
        await Eventually.TrueAsync(
            async () =>
            {
                await publish();
                double[] now = await Whole.MetricsAsync(metric);
                return now.Zip(before).All(pair => pair.First > pair.Second);
            },
            $"{metric} grows at each verifier");
    }

    private async Task<byte[]> ChallengeAsync(int verifier, WholeBoard board)
    {
        using HttpClient anybody = new() { BaseAddress = Whole.Verifiers[verifier].Http };
        using HttpResponseMessage response = await anybody.PostJsonAsync("/v1/challenges", new { ueid = board.Ueid });
        return Base64Url.DecodeFromChars((await response.JsonAsync()).GetProperty("challenge").GetString());
    }

    private Task<int> SubmitAsync(int verifier, byte[] evidence) => SubmitAsync(Whole.Verifiers[verifier], evidence);

    private async Task AllAnswerAsync(int status, byte[] evidence) =>
        Assert.All(await Task.WhenAll(Whole.Verifiers.Select(verifier => SubmitAsync(verifier, evidence))), answer => Assert.Equal(status, answer));

    private static async Task<int> SubmitAsync(ChildVerifier verifier, byte[] evidence)
    {
        using HttpClient anybody = new() { BaseAddress = verifier.Http };
        return await anybody.PostBytesAsync("/v1/evidence", evidence, TestBoard.EvidenceType).StatusAsync();
    }

    /// <summary>How many evidences of a board the database has counted.</summary>
    private async Task<long> ReportsAsync(WholeBoard board)
    {
        await using DbConnection database = Whole.Look();
        await database.OpenAsync();
        await using DbCommand command = database.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(s.reports), 0)::bigint FROM devices d JOIN device_state s ON s.device_id = d.id WHERE lower(hex(d.ueid)) = @ueid";
        DbParameter ueid = command.CreateParameter();
        (ueid.ParameterName, ueid.Value) = ("ueid", board.Ueid);
        command.Parameters.Add(ueid);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
