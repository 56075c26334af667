namespace IotAttest.Service.Products;

/// <summary>Until when all components of a product, or of one build of it, have certificates in force.</summary>
/// <param name="Subject">Whose components.</param>
/// <param name="Manufacturer">Who named them.</param>
/// <param name="Until">The last moment; null when no end is known.</param>
internal sealed record ComponentTerm(ComponentSubject Subject, string Manufacturer, DateTimeOffset? Until);
