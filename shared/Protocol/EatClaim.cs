namespace IotAttest.Protocol
{
    /// <summary>Claim keys of an EAT in CBOR (RFC 9711, IANA CWT Claims registry).</summary>
    public static class EatClaim
    {
        /// <summary>eat_nonce, 32 bytes here (RFC 9711 section 4.1).</summary>
        public const int Nonce = 10;

        /// <summary>ueid, 17 bytes here (section 4.2.1).</summary>
        public const int Ueid = 256;

        /// <summary>oemid, a private enterprise number or 16 bytes (section 4.2.3).</summary>
        public const int OemId = 258;

        /// <summary>hwmodel, the 16 bytes of the class UUID (section 4.2.4).</summary>
        public const int HardwareModel = 259;

        /// <summary>hwversion, an array with one text (section 4.2.5).</summary>
        public const int HardwareVersion = 260;

        /// <summary>uptime in seconds (section 4.2.11).</summary>
        public const int Uptime = 261;

        /// <summary>oemboot, whether secure boot verified the image (section 4.2.8).</summary>
        public const int OemBoot = 262;

        /// <summary>dbgstat, 0 to 4 (section 4.2.9).</summary>
        public const int DebugStatus = 263;

        /// <summary>eat_profile, the 20 bytes of <see cref="EvidenceProfile.Oid"/> (section 4.3.2).</summary>
        public const int Profile = 265;

        /// <summary>bootcount (section 4.2.12).</summary>
        public const int BootCount = 267;

        /// <summary>bootseed, 16 bytes here (section 4.2.13).</summary>
        public const int BootSeed = 268;

        /// <summary>swname, text (section 4.2.6).</summary>
        public const int SoftwareName = 270;

        /// <summary>swversion, an array with one text (section 4.2.7).</summary>
        public const int SoftwareVersion = 271;

        /// <summary>measurements, 1 to 16 entries (section 4.2.16).</summary>
        public const int Measurements = 273;
    }
}
