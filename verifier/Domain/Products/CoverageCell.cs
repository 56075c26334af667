using IotAttest.Domain.Recognition;

namespace IotAttest.Domain.Products;

/// <summary>One cell of the coverage matrix of a build: the best that its certificates are worth under one scheme.</summary>
/// <param name="Cell">The worth, with rule and reason.</param>
/// <param name="Certificate">The certificate it comes from; null when the build has none.</param>
public sealed record CoverageCell(RecognitionCell Cell, string? Certificate);
