using System.Data.Common;
using Dapper;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Postgres;

/// <summary>A verifier that runs on while the database under it goes back takes no more changes until it is restarted.</summary>
public sealed class RestoredDatabaseTests
{
    [RequiresPostgresFact]
    public async Task A_database_that_went_back_stays_refused_when_others_bring_its_number_up_again()
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartOnAsync(database);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await board.AttestAsync();
        byte[] evidence = board.Evidence(await board.ChallengeAsync());

        Move(database, -3);
        await Eventually.TrueAsync(async () => await ReadyAsync(verifier) == 503, "it notices");
        Move(database, 1_000);
        using HttpResponseMessage refused = await board.SubmitAsync(evidence);
        int ready = await ReadyAsync(verifier);
        await verifier.RestartAsync();
        await board.AttestAsync();

        Assert.Equal((503, 503), ((int)refused.StatusCode, ready));
        Assert.Equal(200, await ReadyAsync(verifier));
    }

    private static void Move(TestDatabase database, int by)
    {
        using DbConnection connection = database.Open();
        Assert.Equal(1, connection.Execute("UPDATE store_batch SET number = number + @by", new { by }));
    }

    private static async Task<int> ReadyAsync(VerifierUnderTest verifier)
    {
        using HttpClient anybody = verifier.Anybody();
        return await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync();
    }
}
