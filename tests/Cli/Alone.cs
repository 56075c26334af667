namespace IotAttest.Cli.Tests;

/// <summary>Tests that look at the memory of the process: nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
