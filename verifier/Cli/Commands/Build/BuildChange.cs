namespace IotAttest.Cli.Commands.Build;

/// <summary>One difference between two manifests.</summary>
/// <param name="What"><c>build</c>, <c>region</c>, <c>assembly</c>, or <c>component</c> of the bill of materials.</param>
/// <param name="Name">The field, region, assembly or component.</param>
/// <param name="Before">What the first says; null when it says nothing.</param>
/// <param name="After">What the second says; null when it says nothing.</param>
internal sealed record BuildChange(string What, string Name, string? Before, string? After);
