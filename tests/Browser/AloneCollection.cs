namespace IotAttest.Browser.Tests;

/// <summary>Tests that measure: they run after all others, one after the other.</summary>
[CollectionDefinition(Stage.Alone, DisableParallelization = true)]
public sealed class AloneCollection : ICollectionFixture<Stage>;
