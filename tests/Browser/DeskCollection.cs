namespace IotAttest.Browser.Tests;

/// <summary>Tests of what needs a login.</summary>
[CollectionDefinition(Stage.Desks)]
public sealed class DeskCollection : ICollectionFixture<Stage>;
