namespace IotAttest.Protocol
{
    /// <summary>Keys and numbers of a measured component (RFC 10013).</summary>
    public static class MeasuredComponentLabel
    {
        /// <summary>Content format of a measured component in CBOR.</summary>
        public const int ContentFormat = 295;

        /// <summary>id: an array of the name and, optionally, the version.</summary>
        public const int Id = 1;

        /// <summary>digested-measurement: an array of algorithm and digest.</summary>
        public const int Digest = 2;

        /// <summary>authorities; not used by this profile, refused when present.</summary>
        public const int Authorities = 3;

        /// <summary>flags; not used by this profile, refused when present.</summary>
        public const int Flags = 4;

        /// <summary>SHA-256 in the IANA Named Information registry (not the COSE number).</summary>
        public const int Sha256 = 1;
    }
}
