namespace IotAttest.Interop.Tests;

/// <summary>All classes that share the one native build; they run one after the other, on boards of their own.</summary>
[CollectionDefinition(Name)]
public sealed class NativeTests : ICollectionFixture<NativeBuild>
{
    public const string Name = "native build";
}
