using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>The claims of a board that do not change while it runs; a native module has its own.</summary>
    public sealed class EvidenceFacts
    {
        /// <summary>The 17 bytes of the UEID.</summary>
        public byte[] Ueid { get; set; }

        /// <summary>The 16 bytes of the class UUID, in the order of RFC 9562 section 4.</summary>
        public byte[] ClassId { get; set; }

        /// <summary>Private enterprise number, 0 to 2^32-1; used when <see cref="OemIdBytes"/> is null.</summary>
        public long OemId { get; set; }

        /// <summary>oemid in its random form, 16 bytes, or null.</summary>
        public byte[] OemIdBytes { get; set; }

        /// <summary>hwversion, printable ASCII of at most 64 bytes, or null.</summary>
        public string HardwareVersion { get; set; }

        /// <summary>swname, printable ASCII of at most 64 bytes, or null.</summary>
        public string SoftwareName { get; set; }

        /// <summary>swversion, printable ASCII of at most 64 bytes, or null; only with <see cref="SoftwareName"/>.</summary>
        public string SoftwareVersion { get; set; }

        /// <summary>1 or 0 as read from hardware, or <see cref="EvidenceClaims.Unknown"/>.</summary>
        public int OemBoot { get; set; } = EvidenceClaims.Unknown;

        /// <summary>0 to 4 as read from hardware, or <see cref="EvidenceClaims.Unknown"/>.</summary>
        public int DebugStatus { get; set; } = EvidenceClaims.Unknown;
    }
}
