namespace IotAttest.Domain.Policies;

/// <summary>Why a policy document is refused.</summary>
/// <param name="Seen">What was found, with the name of the member.</param>
/// <param name="Expected">What may stand there.</param>
public sealed record PolicyError(string Seen, string Expected);
