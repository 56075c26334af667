namespace IotAttest.Browser.Tests;

/// <summary>Tests of this collection run one after the other, beside those of <see cref="DeskCollection"/>; both share one browser and the same verifiers.</summary>
[CollectionDefinition(Stage.Name)]
public sealed class StageCollection : ICollectionFixture<Stage>;
