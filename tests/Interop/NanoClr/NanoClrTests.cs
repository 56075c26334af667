namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>All classes that share the one build.</summary>
[CollectionDefinition(Name)]
public sealed class NanoClrTests : ICollectionFixture<NanoClrBuild>
{
    public const string Name = "nanoclr build";
}
