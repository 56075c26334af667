namespace IotAttest.Protocol
{
    /// <summary>The claims that <see cref="EvidenceWriter"/> puts into evidence; one instance is filled again for each challenge.</summary>
    public sealed class EvidenceClaims
    {
        /// <summary>Value of <see cref="OemBoot"/> and <see cref="DebugStatus"/> that leaves the claim out: unknown is not false.</summary>
        public const int Unknown = -1;

        private readonly string[] _componentNames = new string[EvidenceProfile.MaxComponents];
        private readonly byte[][] _componentDigests = new byte[EvidenceProfile.MaxComponents][];
        private int _componentCount;

        /// <summary>eat_nonce: 32 bytes, the challenge or the SHA-256 of the signed epoch marker.</summary>
        public byte[] Nonce { get; set; }

        /// <summary>ueid: 17 bytes, the first 0x01.</summary>
        public byte[] Ueid { get; set; }

        /// <summary>oemid as a private enterprise number, 0 to 2^32-1; used when <see cref="OemIdBytes"/> is null.</summary>
        public long OemId { get; set; }

        /// <summary>oemid in its random form, 16 bytes, or null.</summary>
        public byte[] OemIdBytes { get; set; }

        /// <summary>hwmodel: the 16 bytes of the class UUID.</summary>
        public byte[] HardwareModel { get; set; }

        /// <summary>hwversion as printable ASCII of at most 64 bytes, or null to leave it out.</summary>
        public string HardwareVersion { get; set; }

        /// <summary>uptime in seconds, 0 to 2^63-1.</summary>
        public long UptimeSeconds { get; set; }

        /// <summary>oemboot: 1 or 0 as read from hardware, or <see cref="Unknown"/>.</summary>
        public int OemBoot { get; set; } = Unknown;

        /// <summary>dbgstat: 0 to 4 as read from hardware, or <see cref="Unknown"/>.</summary>
        public int DebugStatus { get; set; } = Unknown;

        /// <summary>bootcount, 0 to 2^63-1.</summary>
        public long BootCount { get; set; }

        /// <summary>bootseed: 16 random bytes of this boot.</summary>
        public byte[] BootSeed { get; set; }

        /// <summary>swname as printable ASCII of at most 64 bytes, or null to leave it and swversion out.</summary>
        public string SoftwareName { get; set; }

        /// <summary>swversion as printable ASCII of at most 64 bytes, or null; only with <see cref="SoftwareName"/>.</summary>
        public string SoftwareVersion { get; set; }

        /// <summary>Number of components added since <see cref="ClearComponents"/>.</summary>
        public int ComponentCount
        {
            get { return _componentCount; }
        }

        /// <summary>Forgets all components.</summary>
        public void ClearComponents()
        {
            _componentCount = 0;
        }

        /// <summary>Adds a component: its name and 32-byte SHA-256; both are kept, not copied.</summary>
        /// <returns>False when 16 are there, the name stands already or is none of the profile, or the digest is not 32 bytes.</returns>
        public bool AddComponent(string name, byte[] sha256)
        {
            if (_componentCount == EvidenceProfile.MaxComponents || sha256 == null
                || sha256.Length != Sha256.DigestBytes || !EvidenceProfile.IsComponentName(name))
            {
                return false;
            }

            for (int i = 0; i < _componentCount; i++)
            {
                if (_componentNames[i] == name)
                {
                    return false;
                }
            }

            _componentNames[_componentCount] = name;
            _componentDigests[_componentCount] = sha256;
            _componentCount++;
            return true;
        }

        /// <summary>Name of the component at <paramref name="index"/>.</summary>
        public string ComponentName(int index)
        {
            return _componentNames[index];
        }

        /// <summary>Digest of the component at <paramref name="index"/>.</summary>
        public byte[] ComponentDigest(int index)
        {
            return _componentDigests[index];
        }

        /// <summary>Ok when every claim has its shape, else Missing, OutOfRange, InvalidText or NotAllowed.</summary>
        public DecodeStatus Check()
        {
            if (Nonce == null || Ueid == null || HardwareModel == null || BootSeed == null || _componentCount == 0)
            {
                return DecodeStatus.Missing;
            }

            bool sizesHold = Nonce.Length == EvidenceProfile.NonceBytes
                && Ueid.Length == EvidenceProfile.UeidBytes && Ueid[0] == 0x01
                && HardwareModel.Length == EvidenceProfile.HardwareModelBytes
                && BootSeed.Length == EvidenceProfile.BootSeedBytes
                && (OemIdBytes == null || OemIdBytes.Length == EvidenceProfile.OemIdBytes);
            bool rangesHold = OemId >= 0 && OemId <= uint.MaxValue && UptimeSeconds >= 0 && BootCount >= 0
                && OemBoot >= Unknown && OemBoot <= 1 && DebugStatus >= Unknown && DebugStatus <= 4;
            if (!sizesHold || !rangesHold)
            {
                return DecodeStatus.OutOfRange;
            }

            // RFC 9711 section 4.2.7: swversion says nothing without swname.
            if (SoftwareVersion != null && SoftwareName == null)
            {
                return DecodeStatus.NotAllowed;
            }

            return IsText(HardwareVersion) && IsText(SoftwareName) && IsText(SoftwareVersion) ? DecodeStatus.Ok : DecodeStatus.InvalidText;
        }

        private static bool IsText(string text)
        {
            if (text == null)
            {
                return true;
            }

            if (text.Length == 0 || text.Length > EvidenceProfile.MaxTextBytes)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }
    }
}
