namespace IotAttest.Agent
{
    /// <summary>What a board keeps over a power cut: its self-reported identity, the credential of its native one, the boot count.</summary>
    /// <remarks>Whoever can read the file system can read all of it. The native module's key is not here and never passes through here.</remarks>
    public sealed class DeviceState
    {
        /// <summary>UEID of the self-reported identity, 17 bytes that start with 0x01, or null where the board has none.</summary>
        public byte[] Ueid { get; set; }

        /// <summary>HMAC key of the self-reported identity, 32 bytes, or null.</summary>
        public byte[] Key { get; set; }

        /// <summary>Transport credential of the self-reported identity, printable ASCII of at most 64 characters, or null.</summary>
        public string Credential { get; set; }

        /// <summary>Transport credential of the native module's identity, printable ASCII of at most 64 characters, or null.</summary>
        public string NativeCredential { get; set; }

        /// <summary>Number of the last boot that was counted here; 0 before the first.</summary>
        public long BootCount { get; set; }
    }
}
