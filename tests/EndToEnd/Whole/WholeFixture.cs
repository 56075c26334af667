namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>One whole for the tests of all classes that name this collection: it takes half a minute to start.</summary>
[CollectionDefinition(Name)]
public sealed class WholeFixture : ICollectionFixture<WholeFixture>, IAsyncLifetime
{
    public const string Name = "three nodes, three verifiers, one PostgreSQL";

    internal WholeCluster Whole { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (WholeCluster.ReasonToSkip is null)
        {
            Whole = await WholeCluster.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Whole is not null)
        {
            await Whole.DisposeAsync();
        }
    }
}
