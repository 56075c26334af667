namespace IotAttest.Interop.Tests;

/// <summary>The classes that share the one build of native/sha256.</summary>
[CollectionDefinition(Name)]
public sealed class DigestTests : ICollectionFixture<DigestBuild>
{
    public const string Name = "digest build";
}
