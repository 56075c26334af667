using System.Collections.Immutable;

namespace IotAttest.Domain.Recognition;

/// <summary>Categories of products; a product may have several.</summary>
/// <param name="Include">One of these is needed; empty for any.</param>
/// <param name="Exclude">None of these may be there.</param>
public sealed record RecognitionCategories(ImmutableArray<string> Include, ImmutableArray<string> Exclude);
