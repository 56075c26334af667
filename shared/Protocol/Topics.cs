namespace IotAttest.Protocol
{
    /// <summary>MQTT topics: <c>iotattest/v1/&lt;ueid&gt;/&lt;leaf&gt;</c> and one for all boards.</summary>
    public static class Topics
    {
        /// <summary>Everything before the UEID.</summary>
        public const string Prefix = "iotattest/v1/";

        /// <summary>Board to verifier, empty payload: asks for a challenge now.</summary>
        public const string HelloLeaf = "/hello";

        /// <summary>Verifier to board: 32 bytes, QoS 1, never retained.</summary>
        public const string ChallengeLeaf = "/challenge";

        /// <summary>Board to verifier: the COSE object, QoS 1.</summary>
        public const string EvidenceLeaf = "/evidence";

        /// <summary>Verifier to board: the attestation result as a CWT.</summary>
        public const string ResultLeaf = "/result";

        /// <summary>Verifier to all boards: the signed epoch marker, retained.</summary>
        public const string Epoch = "iotattest/v1/epoch";

        /// <summary>The hello topic of a UEID in hex.</summary>
        public static string Hello(string ueidHex)
        {
            return Prefix + ueidHex + HelloLeaf;
        }

        /// <summary>The challenge topic of a UEID in hex.</summary>
        public static string Challenge(string ueidHex)
        {
            return Prefix + ueidHex + ChallengeLeaf;
        }

        /// <summary>The evidence topic of a UEID in hex.</summary>
        public static string Evidence(string ueidHex)
        {
            return Prefix + ueidHex + EvidenceLeaf;
        }

        /// <summary>The result topic of a UEID in hex.</summary>
        public static string Result(string ueidHex)
        {
            return Prefix + ueidHex + ResultLeaf;
        }
    }
}
