namespace IotAttest.Domain.Devices;

/// <summary>What enrolment fixes about a board; only a logged rekey changes the kid, nothing changes the rest.</summary>
/// <param name="Ueid">34 lower-case hex digits that start with 01.</param>
/// <param name="Kid">First 8 bytes of a SHA-256, read as a big-endian number: the key of every index.</param>
/// <param name="KeyKind">Fixes the COSE object and the algorithms that are accepted.</param>
/// <param name="OemId">The oemid that evidence must carry.</param>
/// <param name="ClassId">The product class; evidence carries it as hwmodel.</param>
/// <param name="Strength">Who measures and who authenticates.</param>
/// <param name="Freshness">Challenge or epoch.</param>
/// <param name="Manufacturer">The organisation whose manifests may match, for ever.</param>
public sealed record DeviceIdentity(
    string Ueid,
    ulong Kid,
    DeviceKeyKind KeyKind,
    OemId OemId,
    Guid ClassId,
    EvidenceStrength Strength,
    FreshnessMode Freshness,
    string Manufacturer);
