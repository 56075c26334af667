namespace IotAttest.Domain.Devices;

/// <summary>Where a board stands in its life (certification.md section 5.3).</summary>
public enum DeviceStage
{
    /// <summary>Made, and in no register.</summary>
    Manufactured = 1,

    /// <summary>In the register, never heard.</summary>
    Enrolled = 2,

    /// <summary>Attests.</summary>
    Active = 3,

    /// <summary>Held back: gates deny it, whatever it attests.</summary>
    Quarantined = 4,

    /// <summary>On the bench: it attests, and nobody relies on it.</summary>
    InRepair = 5,

    /// <summary>Out of service for ever.</summary>
    Decommissioned = 6,
}
