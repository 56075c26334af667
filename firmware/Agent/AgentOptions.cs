using System.Security.Cryptography.X509Certificates;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>What an agent needs to know; read once, when the agent is made.</summary>
    public sealed class AgentOptions
    {
        /// <summary>Longest time in ms that any option may name: one day.</summary>
        public const int MaxWaitMs = 86400000;

        /// <summary>Host name or address of the verifier or its broker.</summary>
        public string Host { get; set; }

        /// <summary>TCP port, 1 to 65535.</summary>
        public int Port { get; set; } = 8883;

        /// <summary>TLS; off only on a wire that is safe by itself.</summary>
        public bool UseTls { get; set; } = true;

        /// <summary>The CA that the server certificate must descend from; needed with TLS.</summary>
        public X509Certificate CaCertificate { get; set; }

        /// <summary>The 17 bytes of the UEID.</summary>
        public byte[] Ueid { get; set; }

        /// <summary>The transport credential: the MQTT password. Not the attestation key.</summary>
        public string Credential { get; set; }

        /// <summary>Challenge or epoch, as enrolled.</summary>
        public FreshnessMode Freshness { get; set; } = FreshnessMode.Challenge;

        /// <summary>Makes the evidence: <see cref="ManagedEvidenceSource"/> or a native module.</summary>
        public IEvidenceSource EvidenceSource { get; set; }

        /// <summary>MQTT keep-alive in seconds, 5 to 3600.</summary>
        public int KeepAliveSeconds { get; set; } = 60;

        /// <summary>Shortest pause in ms before connecting again.</summary>
        public int BackOffMinMs { get; set; } = 1000;

        /// <summary>Longest pause in ms before connecting again; the pause doubles up to it, with jitter.</summary>
        public int BackOffMaxMs { get; set; } = 300000;

        /// <summary>How long in ms to wait for an acknowledgement or a result before the same evidence is sent again.</summary>
        public int ResultWaitMs { get; set; } = 10000;

        /// <summary>How long in ms to wait for a challenge after hello before saying hello again. A connection on which three such waits were in vain from the start is given up, one that brought a challenge before after 24 waits in a row, of which the first is SilenceMs.</summary>
        public int HelloAgainMs { get; set; } = 30000;

        /// <summary>How long in ms a verifier that was answered may stay silent before it hears hello again.</summary>
        public int SilenceMs { get; set; } = 900000;

        /// <summary>Behind a broker PUBACK is the broker's; with this only the result ends the repeating.</summary>
        public bool RepeatUntilResult { get; set; }

        /// <summary>Ok, or the first option that cannot work.</summary>
        public OptionsStatus Check()
        {
            if (Host == null || Host.Length == 0)
            {
                return OptionsStatus.HostMissing;
            }

            if (Port < 1 || Port > 65535)
            {
                return OptionsStatus.PortOutOfRange;
            }

            if (UseTls && CaCertificate == null)
            {
                return OptionsStatus.CaCertificateMissing;
            }

            if (Ueid == null || Ueid.Length != EvidenceProfile.UeidBytes || Ueid[0] != 0x01)
            {
                return OptionsStatus.UeidWrong;
            }

            if (Credential == null || Credential.Length == 0)
            {
                return OptionsStatus.CredentialMissing;
            }

            return EvidenceSource == null ? OptionsStatus.EvidenceSourceMissing : CheckTimes();
        }

        private OptionsStatus CheckTimes()
        {
            if (KeepAliveSeconds < 5 || KeepAliveSeconds > 3600)
            {
                return OptionsStatus.KeepAliveOutOfRange;
            }

            if (BackOffMinMs < 1 || BackOffMaxMs < BackOffMinMs || BackOffMaxMs > MaxWaitMs)
            {
                return OptionsStatus.BackOffOutOfRange;
            }

            bool waitsHold = IsWait(ResultWaitMs) && IsWait(HelloAgainMs) && IsWait(SilenceMs);
            return waitsHold ? OptionsStatus.Ok : OptionsStatus.WaitOutOfRange;
        }

        private static bool IsWait(int milliseconds)
        {
            return milliseconds >= 1 && milliseconds <= MaxWaitMs;
        }
    }
}
