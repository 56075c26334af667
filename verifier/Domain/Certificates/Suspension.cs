using System.Collections.Immutable;

namespace IotAttest.Domain.Certificates;

/// <summary>A suspension that runs.</summary>
/// <param name="Since">Its start; limits count from here.</param>
/// <param name="Until">Its end as extended. Passing it changes nothing by itself: only a decision puts a certificate back in force.</param>
/// <param name="RequestedActions">What the holder has to do.</param>
public sealed record Suspension(DateTimeOffset Since, DateTimeOffset Until, ImmutableArray<string> RequestedActions);
