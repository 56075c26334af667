namespace IotAttest.Agent
{
    /// <summary>Why an evidence source gave evidence or none. Numbers are stable: a native module returns them.</summary>
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
    }
}
