namespace IotAttest.Conformance;

/// <summary>A requirement that a check supports; a check that passes is a piece of evidence for it, never its whole assessment.</summary>
/// <param name="Scheme">Document and edition.</param>
/// <param name="Id">The document's own identifier.</param>
/// <param name="Title">What it asks for, in our own words: the texts of the documents are their publishers'.</param>
public sealed record Requirement(string Scheme, string Id, string Title);
