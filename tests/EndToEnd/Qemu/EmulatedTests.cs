namespace IotAttest.EndToEnd.Tests;

/// <summary>The classes that share the one build of the emulated board's firmware.</summary>
[CollectionDefinition(Name)]
public sealed class EmulatedTests : ICollectionFixture<EmulatedFirmware>
{
    public const string Name = "emulated board";
}
