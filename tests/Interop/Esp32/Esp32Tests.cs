namespace IotAttest.Interop.Tests.Esp32;

/// <summary>All classes that share the one build of the port.</summary>
[CollectionDefinition(Name)]
public sealed class Esp32Tests : ICollectionFixture<Esp32Build>
{
    public const string Name = "esp32 build";
}
