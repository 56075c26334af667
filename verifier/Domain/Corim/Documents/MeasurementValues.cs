namespace IotAttest.Domain.Corim.Documents;

/// <summary>measurement-values-map: at least one member is there. Bytes are lower-case hex.</summary>
public sealed record MeasurementValues
{
    /// <summary>Version text, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Version scheme of RFC 9393 as a number in text or a name: 16384 is SemVer.</summary>
    public string? VersionScheme { get; init; }

    /// <summary>Security version number, or null.</summary>
    public ulong? SecurityVersion { get; init; }

    /// <summary>True when <see cref="SecurityVersion"/> is a minimum (tag 553).</summary>
    public bool IsMinimumSecurityVersion { get; init; }

    /// <summary>Digests, each algorithm once; empty when absent.</summary>
    public IReadOnlyList<CorimDigest> Digests { get; init; } = [];

    /// <summary>Flags by name; empty when absent.</summary>
    public IReadOnlyDictionary<string, bool> Flags { get; init; } = new Dictionary<string, bool>();

    /// <summary>Raw value, or null.</summary>
    public string? RawValue { get; init; }

    /// <summary>Mask of the raw value, of its length; null when all bits count.</summary>
    public string? RawMask { get; init; }

    /// <summary>MAC address, 6 or 8 bytes.</summary>
    public string? MacAddress { get; init; }

    /// <summary>IP address, 4 or 16 bytes.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>UEID, 7 to 33 bytes.</summary>
    public string? Ueid { get; init; }

    /// <summary>UUID.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Keys; empty when absent.</summary>
    public IReadOnlyList<CorimValue> CryptoKeys { get; init; } = [];

    /// <summary>Digests by register (a number or a name); empty when absent.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CorimDigest>> IntegrityRegisters { get; init; } = new Dictionary<string, IReadOnlyList<CorimDigest>>();

    /// <summary>Range of an integer; a null end is open. Null when absent.</summary>
    public IntegerRange? Range { get; init; }

    /// <summary>Values of a profile by their key: the encoded CBOR.</summary>
    public IReadOnlyDictionary<long, string> Others { get; init; } = new Dictionary<long, string>();
}
