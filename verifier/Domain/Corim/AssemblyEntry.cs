namespace IotAttest.Domain.Corim;

/// <summary>One assembly (PE file) inside the deployment region.</summary>
/// <param name="Name">Assembly name, 1 to 125 UTF-8 bytes, unique in a manifest.</param>
/// <param name="Version">Version text, 1 to 128 UTF-8 bytes.</param>
/// <param name="SizeBytes">Length of the file in bytes, without padding.</param>
/// <param name="Digest">SHA-256 over the file, without padding.</param>
public sealed record AssemblyEntry(string Name, string Version, uint SizeBytes, Sha256Digest Digest);
