namespace IotAttest.Domain.Devices.Certificates;

/// <summary>What the manufacturer says, at registration, of the certificates under a root; each rule narrows, null is no rule.</summary>
/// <param name="OemId">The only oemid they may carry.</param>
/// <param name="SubjectOrganisation">The O that the subject of each device certificate must have, compared as a directory name.</param>
/// <param name="UeidPrefix">Lower-case hex digits that each UEID starts with.</param>
public sealed record DeviceCaRules(OemId? OemId, string? SubjectOrganisation, string? UeidPrefix)
{
    /// <summary>No rule.</summary>
    public static DeviceCaRules None { get; } = new(null, null, null);
}
