namespace IotAttest.Domain.Devices;

/// <summary>Who measures and who authenticates on a board: fixed at enrolment, shown in every result, ordered from weak to strong.</summary>
public enum EvidenceStrength
{
    /// <summary>Managed code reports its own inventory; no attestation of firmware.</summary>
    SelfReported = 1,

    /// <summary>The native module measures; its key lies in encrypted or read-protected flash.</summary>
    Native = 2,

    /// <summary>The native module measures inside an image that secure boot verified; its key lies in hardware.</summary>
    HardwareRooted = 3,
}
