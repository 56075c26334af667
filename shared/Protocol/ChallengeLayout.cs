namespace IotAttest.Protocol
{
    /// <summary>The 32 bytes of a challenge: <c>time (8, ms since 1970, big endian) || random (8) || MAC (16)</c>.</summary>
    /// <remarks>The MAC is the first 16 bytes of HMAC-SHA-256(challenge key, label || ueid || time || random): the
    /// verifier recognises its own challenge without storing it. To a board the whole is 32 opaque bytes.</remarks>
    public static class ChallengeLayout
    {
        /// <summary>Domain separation of the MAC, ASCII, no terminator.</summary>
        public const string Label = "iotattest challenge v1";

        /// <summary>Length of the time in bytes.</summary>
        public const int TimeBytes = 8;

        /// <summary>Length of the random part in bytes.</summary>
        public const int RandomBytes = 8;

        /// <summary>Length of the shortened MAC in bytes.</summary>
        public const int MacBytes = 16;

        /// <summary>Offset of the MAC.</summary>
        public const int MacOffset = TimeBytes + RandomBytes;
    }
}
