namespace IotAttest.Cli.Commands.Build;

/// <summary>One difference between two manifests.</summary>
/// <param name="What"><c>build</c>, <c>region</c> or <c>assembly</c>.</param>
/// <param name="Name">The field, region or assembly.</param>
/// <param name="Before">What the first says; null when it says nothing.</param>
/// <param name="After">What the second says; null when it says nothing.</param>
internal sealed record BuildChange(string What, string Name, string? Before, string? After);
