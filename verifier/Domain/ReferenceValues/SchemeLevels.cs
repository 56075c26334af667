using IotAttest.Domain.Devices;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>The weakest evidence that a scheme's level accepts.</summary>
/// <remarks>First form: the demo scheme has three levels, and a level nobody described asks for native evidence, so that
/// inventory alone is never taken for more than it is.</remarks>
public static class SchemeLevels
{
    /// <summary>The scheme that every body may use; fictitious, it says nothing about any real scheme.</summary>
    public const string OpenScheme = "demo";

    /// <summary>The minimum for a level of a scheme.</summary>
    public static EvidenceStrength MinimumStrength(string scheme, string level) => (scheme, level) switch
    {
        (OpenScheme, "basic") => EvidenceStrength.SelfReported,
        (OpenScheme, "high") => EvidenceStrength.HardwareRooted,
        _ => EvidenceStrength.Native,
    };
}
