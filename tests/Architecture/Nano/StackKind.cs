namespace IotAttest.Architecture.Tests.Nano;

/// <summary>How the boards' interpreter sees a value on its stack; .NET's IL knows no signs there.</summary>
internal enum StackKind
{
    /// <summary>Signed or no integer at all; bytes, characters and 16-bit values are promoted to signed.</summary>
    Other = 0,

    /// <summary>A uint or a ulong.</summary>
    Unsigned = 1,

    /// <summary>An array of ulong, whose elements load by the same instruction as those of a long array.</summary>
    UnsignedLongs = 2,
}
