namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>A property of a target does not hold.</summary>
internal sealed class BrokenPropertyException(string property) : Exception(property);
