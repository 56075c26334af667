namespace IotAttest.Interop.Tests.Stm32;

/// <summary>All classes that share the one build of the port; they run one after the other, on chips of their own.</summary>
[CollectionDefinition(Name)]
public sealed class Stm32Tests : ICollectionFixture<Stm32Build>
{
    public const string Name = "stm32 build";
}
