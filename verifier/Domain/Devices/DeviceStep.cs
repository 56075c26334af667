namespace IotAttest.Domain.Devices;

/// <summary>What moves a board from one <see cref="DeviceStage"/> to another.</summary>
public enum DeviceStep
{
    /// <summary>It gets into the register.</summary>
    Enrol = 1,

    /// <summary>Evidence of it was accepted.</summary>
    Attest = 2,

    /// <summary>Somebody, or a revocation list, holds it back.</summary>
    Quarantine = 3,

    /// <summary>The quarantine ends.</summary>
    Release = 4,

    /// <summary>It goes to the bench.</summary>
    Repair = 5,

    /// <summary>It comes back from the bench.</summary>
    Return = 6,

    /// <summary>It leaves service for ever.</summary>
    Decommission = 7,
}
