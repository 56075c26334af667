namespace IotAttest.Domain.Devices;

/// <summary>Why nobody may rely on a board although it is in service; both may hold at once.</summary>
[Flags]
public enum DeviceHold
{
    /// <summary>Nothing holds it.</summary>
    None = 0,

    /// <summary>Held back until it is released.</summary>
    Quarantined = 1,

    /// <summary>On the bench until it returns.</summary>
    InRepair = 2,
}
