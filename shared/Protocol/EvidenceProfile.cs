namespace IotAttest.Protocol
{
    /// <summary>What the evidence profile fixes: identifier, sizes, component names (docs/protocol.md).</summary>
    public static class EvidenceProfile
    {
        /// <summary>Largest evidence in bytes, COSE object included.</summary>
        public const int MaxEvidenceBytes = 2048;

        /// <summary>Length of a challenge and of the nonce claim in bytes.</summary>
        public const int NonceBytes = 32;

        /// <summary>Length of a UEID in bytes: the type byte 0x01 and 16 random bytes.</summary>
        public const int UeidBytes = 17;

        /// <summary>Length of bootseed in bytes.</summary>
        public const int BootSeedBytes = 16;

        /// <summary>Length of the hardware model (class UUID) in bytes, in the order of RFC 9562 section 4.</summary>
        public const int HardwareModelBytes = 16;

        /// <summary>Length of an oemid in its random form, in bytes.</summary>
        public const int OemIdBytes = 16;

        /// <summary>Most components in one evidence.</summary>
        public const int MaxComponents = 16;

        /// <summary>Longest text claim (hwversion, swname, swversion) in bytes.</summary>
        public const int MaxTextBytes = 64;

        /// <summary>Second-stage boot loader, or nanoBooter.</summary>
        public const string Bootloader = "bootloader";

        /// <summary>Partition table (ESP32).</summary>
        public const string Partitions = "partitions";

        /// <summary>The nanoCLR, as the whole region.</summary>
        public const string Clr = "clr";

        /// <summary>The managed assemblies, as the whole region with its erased tail.</summary>
        public const string Deployment = "deployment";

        /// <summary>Configuration that is not secret and identical across a build.</summary>
        public const string Config = "config";

        /// <summary>SHA-256 of the sorted inventory text; the only component of a self-reported board.</summary>
        public const string Inventory = "inventory";

        /// <summary>A fresh copy of the eat_profile value: the OID 2.25.146294891808187310942556122965410066033, content bytes without a tag.</summary>
        public static byte[] Oid()
        {
            return new byte[]
            {
                0x69, 0x81, 0xdc, 0x8f, 0xaf, 0xc3, 0x8f, 0xf0, 0xda, 0xa9,
                0xa7, 0x9d, 0x8e, 0x8e, 0xc9, 0xb1, 0xfb, 0xb0, 0xdc, 0x71,
            };
        }

        /// <summary>True for the six component names of the profile.</summary>
        public static bool IsComponentName(string name)
        {
            return name == Bootloader || name == Partitions || name == Clr
                || name == Deployment || name == Config || name == Inventory;
        }
    }
}
