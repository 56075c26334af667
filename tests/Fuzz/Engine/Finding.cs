namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>A property that did not hold.</summary>
/// <param name="Kind">Tells one cause from another: one input of each is kept.</param>
/// <param name="Text">For a person.</param>
/// <param name="Input">The bytes.</param>
internal sealed record Finding(string Kind, string Text, byte[] Input);
