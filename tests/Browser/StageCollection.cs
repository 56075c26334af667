namespace IotAttest.Browser.Tests;

/// <summary>Tests of this collection share the <see cref="Stage"/> and run one after the other.</summary>
[CollectionDefinition(Stage.Name)]
public sealed class StageCollection : ICollectionFixture<Stage>;
