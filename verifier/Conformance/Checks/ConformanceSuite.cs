namespace IotAttest.Conformance;

/// <summary>All modules, in the order in which they run: what changes the board for good comes last.</summary>
public static class ConformanceSuite
{
    public static IReadOnlyList<ConformanceModule> Modules { get; } =
    [
        ManifestModule.Create(), EvidenceModule.Create(), KeyModule.Create(), TamperModule.Create(), UpdateModule.Create(), RollbackModule.Create(),
        SilenceModule.Create(), DecommissioningModule.Create(),
    ];

    /// <summary>The module of that id, or null.</summary>
    public static ConformanceModule? Find(string id) => Modules.FirstOrDefault(module => module.Id == id);
}
