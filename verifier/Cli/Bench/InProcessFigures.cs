namespace IotAttest.Cli.Bench;

/// <summary>Appraisal on one core without transport and store.</summary>
/// <param name="Key">ES256 or HMAC.</param>
/// <param name="EvidenceBytes">Size of one evidence.</param>
/// <param name="PerSecond">Appraisals per second.</param>
/// <param name="BytesAllocated">Per appraisal.</param>
/// <param name="OfLimit">Ratio to the bare verification of the same kind.</param>
internal sealed record InProcessFigures(string Key, int EvidenceBytes, double PerSecond, double BytesAllocated, double OfLimit);
