namespace IotAttest.Service.Webhooks;

/// <summary>How a test delivery went.</summary>
internal sealed record TestOutcome(bool Delivered, string? Error);
