namespace IotAttest.Service.Devices;

/// <summary>A device that is to be stored.</summary>
/// <param name="Record">As it was admitted.</param>
/// <param name="KeyMark">By which an HMAC key is found again; null for a public key.</param>
/// <param name="Credential">The transport credential, given or made.</param>
/// <param name="CredentialHash">What is stored of it.</param>
internal sealed record NewDevice(EnrolmentRecord Record, byte[]? KeyMark, string Credential, byte[] CredentialHash);
