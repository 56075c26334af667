namespace IotAttest.Service.Devices;

/// <summary>What a rekey gives a board.</summary>
/// <param name="Key">The attestation key.</param>
/// <param name="Credential">The transport credential, or null to have one made.</param>
/// <param name="Reason">Why, for the history.</param>
internal sealed record NewKey(EnrolledKey Key, string? Credential, string Reason);
