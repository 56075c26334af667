namespace IotAttest.Domain.Cbor;

/// <summary>What the next item of a <see cref="BoundedCborReader"/> is.</summary>
public enum CborKind
{
    /// <summary>The open map, the open array or the input has no further item, or the reader has failed.</summary>
    End = 0,

    /// <summary>Major type 0: 0 to 2^64 - 1.</summary>
    UnsignedInteger = 1,

    /// <summary>Major type 1: -1 to -2^64.</summary>
    NegativeInteger = 2,

    /// <summary>Major type 2.</summary>
    Bytes = 3,

    /// <summary>Major type 3.</summary>
    Text = 4,

    /// <summary>Major type 4.</summary>
    Array = 5,

    /// <summary>Major type 5.</summary>
    Map = 6,

    /// <summary>Major type 6: a tag number, its content follows.</summary>
    Tag = 7,

    /// <summary>True or false.</summary>
    Bool = 8,

    /// <summary>Null, which COSE calls nil.</summary>
    Null = 9,

    /// <summary>A floating-point number or another simple value.</summary>
    Other = 10,
}
