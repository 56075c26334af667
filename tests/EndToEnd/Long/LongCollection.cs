namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>Long runs measure: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LongCollection
{
    public const string Name = "long";
}
