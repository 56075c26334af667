namespace IotAttest.Domain.Images;

/// <summary>What a build puts into the measured flash of a board.</summary>
/// <param name="Regions">One for each measured region, in the order of board.json.</param>
/// <param name="Assemblies">The second view of the deployment: its assemblies, in the order of the file.</param>
public sealed record FlashRegions(IReadOnlyList<FlashRegion> Regions, IReadOnlyList<NanoPeFile> Assemblies);
