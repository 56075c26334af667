namespace IotAttest.Boards.Stm32Ethernet
{
    /// <summary>What a product sets before it is built. Nothing here is secret: keys and credentials lie in the device state.</summary>
    internal static class Settings
    {
        /// <summary>Host of the verifier or its broker, as its certificate names it.</summary>
        public const string Host = "verifier.example";

        /// <summary>The port of MQTT over TLS.</summary>
        public const int Port = 8883;

        /// <summary>The CA that the server certificate must descend from, in PEM. Empty: the agent refuses to start.</summary>
        public const string CaPem = "";

        /// <summary>Private enterprise number of the manufacturer; 32473 is the one for examples (RFC 5612).</summary>
        public const long OemId = 32473;

        /// <summary>swname and swversion.</summary>
        public const string SoftwareName = "Sample.Product";

        /// <summary>Shown beside the measurements, never compared.</summary>
        public const string SoftwareVersion = "0.1.0";

        /// <summary>True where the product is certified with the native module: without it the board then reports nothing.</summary>
        public static bool NeedsNativeModule()
        {
            return false;
        }

        /// <summary>The class UUID that <c>iotattest board new-class</c> minted, in the order of RFC 9562 section 4.</summary>
        public static byte[] ClassId()
        {
            return new byte[16];
        }

        /// <summary>Files of the board that the inventory names with their digests; at most 16 KiB together.</summary>
        public static string[] MeasuredFiles()
        {
            return new string[0];
        }
    }
}
