namespace IotAttest.Protocol
{
    /// <summary>Why bytes were taken or refused. Numbers are stable: they appear in logs and vectors; new ones go to the end.</summary>
    public enum DecodeStatus
    {
        /// <summary>The bytes are what they should be.</summary>
        Ok = 0,

        /// <summary>The input ends inside an item.</summary>
        Truncated = 1,

        /// <summary>Bytes follow the one item that was expected.</summary>
        TrailingBytes = 2,

        /// <summary>Not well-formed CBOR (RFC 8949 Appendix F).</summary>
        NotWellFormed = 3,

        /// <summary>Well-formed but not core deterministic: long head, indefinite length, map keys out of order (RFC 8949 section 4.2.1).</summary>
        NotDeterministic = 4,

        /// <summary>A map key or a set member stands twice.</summary>
        Duplicate = 5,

        /// <summary>An item has another CBOR type than the specification names.</summary>
        WrongType = 6,

        /// <summary>A tag is missing, is another one, or stands where none may stand.</summary>
        WrongTag = 7,

        /// <summary>A value or a length lies outside its allowed range.</summary>
        OutOfRange = 8,

        /// <summary>The input nests deeper than the profile allows.</summary>
        TooDeep = 9,

        /// <summary>The input is longer than the profile allows.</summary>
        TooLarge = 10,

        /// <summary>A field that must be present is absent.</summary>
        Missing = 11,

        /// <summary>A field that must not be present is there.</summary>
        NotAllowed = 12,

        /// <summary>Text is not valid UTF-8, or uses characters outside the allowed set.</summary>
        InvalidText = 13,

        /// <summary>The algorithm is not one of the profile.</summary>
        UnsupportedAlgorithm = 14,

        /// <summary>The profile identifier is not one this code knows.</summary>
        UnknownProfile = 15,

        /// <summary>A critical header parameter is not understood (RFC 9052 section 3.1).</summary>
        CriticalHeader = 16,
    }
}
