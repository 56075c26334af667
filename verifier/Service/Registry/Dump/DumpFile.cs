namespace IotAttest.Service.Registry.Dump;

/// <summary>A dump that lies in the data directory, complete and signed.</summary>
/// <param name="Date">The day (UTC), as <c>2026-11-22</c>.</param>
/// <param name="Path">The JSON Lines.</param>
/// <param name="SignaturePath">The compact JWS over their SHA-256.</param>
/// <param name="Bytes">Size of the JSON Lines.</param>
internal sealed record DumpFile(string Date, string Path, string SignaturePath, long Bytes);
