namespace IotAttest.Protocol
{
    /// <summary>Tags, header labels and algorithms of COSE (RFC 9052, RFC 9053, RFC 9864), from the IANA COSE registry.</summary>
    public static class CoseLabel
    {
        /// <summary>Tag of COSE_Mac0 (RFC 9052 section 6.2).</summary>
        public const int Mac0Tag = 17;

        /// <summary>Tag of COSE_Sign1 (RFC 9052 section 4.2).</summary>
        public const int Sign1Tag = 18;

        /// <summary>Header: algorithm.</summary>
        public const int Algorithm = 1;

        /// <summary>Header: labels that must be understood.</summary>
        public const int Critical = 2;

        /// <summary>Header: content type.</summary>
        public const int ContentType = 3;

        /// <summary>Header: key identifier.</summary>
        public const int KeyId = 4;

        /// <summary>Header: CWT claims (RFC 9597).</summary>
        public const int CwtClaims = 15;

        /// <summary>Header: type of the whole object (RFC 9596).</summary>
        public const int Type = 16;

        /// <summary>HMAC 256/256: HMAC-SHA-256 with the whole 32-byte tag.</summary>
        public const int Hmac256 = 5;

        /// <summary>ES256 (RFC 9053 section 2.1); the agent sends this one.</summary>
        public const int Es256 = -7;

        /// <summary>ESP256: ES256 on P-256 only (RFC 9864 section 2.1).</summary>
        public const int Esp256 = -9;

        /// <summary>CoAP content format of an EAT in CWT form (RFC 9782): the value of header 16.</summary>
        public const int EatCwt = 263;

        /// <summary>Length in bytes of a key id in this profile.</summary>
        public const int KeyIdBytes = 8;

        /// <summary>Length in bytes of an HMAC 256/256 tag.</summary>
        public const int Hmac256Bytes = 32;

        /// <summary>Length in bytes of an ES256 signature: r then s, 32 bytes each.</summary>
        public const int Es256Bytes = 64;
    }
}
