namespace IotAttest.Service.Builds;

/// <summary>Which builds contain a component.</summary>
/// <param name="Component">The name that was asked for.</param>
/// <param name="Below">Only versions before this one; null for all.</param>
/// <param name="Matches">The components found. One whose version is absent or cannot be compared is among them: nobody knows that it is fixed.</param>
/// <param name="IsComplete">False when there are more than are shown; ask for one manufacturer or class.</param>
internal sealed record ComponentSearchView(string Component, string? Below, IReadOnlyList<ComponentMatch> Matches, bool IsComplete);

/// <summary>A component in a build; <paramref name="IsVersionKnown"/> is false when the version could not be compared.</summary>
internal sealed record ComponentMatch(
    string Build, string Manufacturer, Guid Class, string BuildVersion, string Status, string Name, string? Version, bool IsVersionKnown, string? Purl, string? Type);
