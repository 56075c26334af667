using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>The weakest evidence that a scheme's level accepts.</summary>
/// <remarks>A level nobody described asks for native evidence, so that inventory alone is never taken for more than it is.</remarks>
public static class SchemeLevels
{
    /// <summary>The scheme that every body may use; fictitious, it says nothing about any real scheme.</summary>
    public const string OpenScheme = "demo";

    /// <summary>The minimum for a level of a scheme.</summary>
    public static EvidenceStrength MinimumStrength(string scheme, string level) =>
        SchemeCatalogue.Default.FindLevel(scheme, level)?.MinEvidenceStrength ?? EvidenceStrength.Native;
}
