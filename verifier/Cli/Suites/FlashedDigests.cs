using IotAttest.Cli.Failures;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Suites;

/// <summary>Digests of regions as flash holds the files of a build.</summary>
internal static class FlashedDigests
{
    /// <exception cref="CliException">The files do not fit the board.</exception>
    public static Dictionary<string, string> Of(BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        RegionLayout.TryLayOut(board, files, out FlashRegions? regions, out ImageError? error)
            ? regions.Regions.ToDictionary(region => region.Name, region => new Sha256Digest(region.Sha256.Span).ToString())
            : throw CliException.DoesNotHold($"{error.Seen} in {error.Field} of {error.Region}", error.Expected, error.Do);
}
