namespace IotAttest.Agent
{
    /// <summary>Which option keeps an agent from starting. Numbers are stable: boards print them; new ones go to the end.</summary>
    public enum OptionsStatus
    {
        /// <summary>All options can work.</summary>
        Ok = 0,

        /// <summary>Host is null or empty.</summary>
        HostMissing = 1,

        /// <summary>Port is outside 1 to 65535.</summary>
        PortOutOfRange = 2,

        /// <summary>TLS is on without a CA certificate: anybody could be the verifier.</summary>
        CaCertificateMissing = 3,

        /// <summary>Ueid is not 17 bytes that start with 0x01.</summary>
        UeidWrong = 4,

        /// <summary>Credential is null or empty.</summary>
        CredentialMissing = 5,

        /// <summary>EvidenceSource is null.</summary>
        EvidenceSourceMissing = 6,

        /// <summary>KeepAliveSeconds is outside 5 to 3600.</summary>
        KeepAliveOutOfRange = 7,

        /// <summary>BackOffMinMs is below 1, above BackOffMaxMs, or that is above a day.</summary>
        BackOffOutOfRange = 8,

        /// <summary>ResultWaitMs, HelloAgainMs or SilenceMs is outside 1 ms to a day.</summary>
        WaitOutOfRange = 9,
    }
}
