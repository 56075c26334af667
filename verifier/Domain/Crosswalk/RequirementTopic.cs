using System.Collections.Immutable;

namespace IotAttest.Domain.Crosswalk;

/// <summary>Requirements of several sources about the same thing. That two stand together says "about the same", never "the same".</summary>
/// <param name="Id">a-z and hyphen.</param>
/// <param name="Requirements">Keys (source/ref).</param>
public sealed record RequirementTopic(string Id, ImmutableArray<string> Requirements);
