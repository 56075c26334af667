namespace IotAttest.Service.Health;

/// <summary>One word: alive or ready.</summary>
internal sealed record HealthView(string Status);
