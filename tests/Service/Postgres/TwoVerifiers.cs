namespace IotAttest.Service.Tests.Postgres;

/// <summary>Two verifiers on one PostgreSQL database, as a cluster has them, with the maker and body of <see cref="Registry"/> at the first.</summary>
internal sealed class TwoVerifiers : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private TwoVerifiers(TestDatabase database, VerifierUnderTest first, VerifierUnderTest second, Registry registry)
    {
        _database = database;
        First = first;
        Second = second;
        Registry = registry;
    }

    public VerifierUnderTest First { get; }

    public VerifierUnderTest Second { get; }

    public Registry Registry { get; }

    public TestDatabase Database => _database;

    public static async Task<TwoVerifiers> StartAsync()
    {
        TestDatabase database = TestDatabase.New();
        VerifierUnderTest first = await VerifierUnderTest.StartOnAsync(database);
        VerifierUnderTest second = await VerifierUnderTest.StartOnAsync(database, keysOf: first);
        return new TwoVerifiers(database, first, second, await Registry.OpenAsync(first));
    }

    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        await Second.DisposeAsync();
        await First.DisposeAsync();
        _database.Dispose();
    }
}
