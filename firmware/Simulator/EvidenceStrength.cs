namespace IotAttest.Simulator;

/// <summary>Who measures and who holds the key on the board that is simulated (DESIGN section 3).</summary>
public enum EvidenceStrength
{
    /// <summary>Managed code on stock firmware: an inventory.</summary>
    SelfReported = 0,

    /// <summary>The native module: flash regions.</summary>
    Native = 1,

    /// <summary>The native module in an image that secure boot verified, with a key that hardware holds.</summary>
    HardwareRooted = 2,
}
