namespace IotAttest.Domain.Policies;

/// <summary>Boot facts that a policy asks for. A fact that the board does not report is not met.</summary>
[Flags]
public enum BootRequirements
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>oemboot is true (RFC 9711 section 4.2.8).</summary>
    SecureBoot = 1 << 0,

    /// <summary>dbgstat is 1 or more: the debug port is closed at least for now (RFC 9711 section 4.2.9).</summary>
    DebugDisabled = 1 << 1,
}
