using IotAttest.Conformance;

namespace IotAttest.Cli.Suites;

/// <summary>A build: what is flashed, and its manifest.</summary>
/// <param name="Files">One file for each measured region.</param>
/// <param name="Manifest">The signed manifest.</param>
internal sealed record SuiteBuild(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files, ManifestFile Manifest);
