namespace IotAttest.Protocol
{
    /// <summary>Numbers of the attestation result: EAR, draft-ietf-rats-ear-03 (1000 to 1004 are suggested there, not yet assigned).</summary>
    public static class EarLabel
    {
        /// <summary>ear_status.</summary>
        public const int Status = 1000;

        /// <summary>ear_trustworthiness_vector.</summary>
        public const int TrustVector = 1001;

        /// <summary>ear_appraisal_policy_ids.</summary>
        public const int PolicyIds = 1003;

        /// <summary>ear_verifier_id.</summary>
        public const int VerifierId = 1004;

        /// <summary>submods (RFC 9711 section 4.2.18).</summary>
        public const int Submodules = 266;

        /// <summary>The private map of this project inside the submodule, text keys.</summary>
        public const int IotAttest = -70100;

        /// <summary>Name of the one submodule.</summary>
        public const string Firmware = "firmware";

        /// <summary>ear_status: the verifier says nothing.</summary>
        public const int None = 0;

        /// <summary>ear_status: what was appraised is fine.</summary>
        public const int Affirming = 2;

        /// <summary>ear_status: something deserves attention.</summary>
        public const int Warning = 32;

        /// <summary>ear_status: not to be relied on.</summary>
        public const int Contraindicated = 96;
    }
}
