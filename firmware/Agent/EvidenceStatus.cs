namespace IotAttest.Agent
{
    /// <summary>Why an evidence source gave evidence or none. Numbers are stable: boards print them; new ones go to the end.</summary>
    public enum EvidenceStatus
    {
        /// <summary>The evidence is in the buffer.</summary>
        Ok = 0,

        /// <summary>There is no key.</summary>
        KeyMissing = 1,

        /// <summary>The boot count could not be made durable.</summary>
        BootStateLost = 2,

        /// <summary>A component could not be read.</summary>
        MeasurementFailed = 3,

        /// <summary>A component differs from what booted, or was written meanwhile.</summary>
        MeasurementChanged = 4,

        /// <summary>A claim is missing, out of range, or the whole is above 2048 bytes.</summary>
        ClaimsRefused = 5,

        /// <summary>The board has no identity or no credential yet.</summary>
        NotProvisioned = 6,

        /// <summary>The firmware has no native module, and the board must have one.</summary>
        ModuleMissing = 7,

        /// <summary>The native module answered what it must not: module and agent do not belong together, or its port is wrong.</summary>
        ModuleFailed = 8,

        /// <summary>The native module's key did not answer.</summary>
        AuthenticationFailed = 9,

        /// <summary>A loaded assembly does not lie in measured flash.</summary>
        AssemblyOutside = 10,

        /// <summary>The native and the self-reported identity have one UEID.</summary>
        IdentityShared = 11,
    }
}
