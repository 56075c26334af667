using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Sbom;

namespace IotAttest.Cli.Corims;

/// <summary>A bill of materials from a file.</summary>
internal sealed record SbomFile(byte[] Bytes, SbomDocument Document)
{
    /// <exception cref="CliException">Neither CycloneDX nor SPDX, or out of bounds.</exception>
    public static SbomFile Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, SbomReader.MaxBytes);
        return SbomReader.TryRead(bytes, out SbomDocument? document, out SbomError? error)
            ? new SbomFile(bytes, document)
            : throw CliException.DoesNotHold($"{error.Seen} at {error.Path} in {path}", error.Expected, "pass CycloneDX 1.4 to 1.6 or SPDX 2.3, as JSON");
    }
}
