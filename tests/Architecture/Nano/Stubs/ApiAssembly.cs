namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>One assembly of the class library.</summary>
internal sealed record ApiAssembly(string Name, Version Version)
{
    public List<ApiType> Types { get; } = [];
}
