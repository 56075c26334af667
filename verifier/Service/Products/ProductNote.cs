namespace IotAttest.Service.Products;

/// <summary>A warning that stands beside a product, a build or a certificate: never a verdict, and no change of a certificate.</summary>
/// <param name="Code">SupportEnding, SupportEnded, ComponentNotInForce or OpenAdvisory.</param>
/// <param name="Text">The same in words.</param>
internal sealed record ProductNote(string Code, string Text);
