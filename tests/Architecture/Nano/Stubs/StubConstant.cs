using System.Globalization;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Values of constants, enum members and optional parameters.</summary>
internal static class StubConstant
{
    /// <summary>The value of a text for a type named as in the listing; enums are given as their underlying type.</summary>
    public static object? Parse(string text, string type) => type switch
    {
        _ when text == "null" => null,
        "System.String" => text.Trim('"'),
        "System.Boolean" => text == "true",
        "System.Single" => float.Parse(Number(text), CultureInfo.InvariantCulture),
        "System.Double" => double.Parse(Number(text), CultureInfo.InvariantCulture),
        "System.Char" => (char)Integer(text),
        "System.SByte" => (sbyte)Integer(text),
        "System.Byte" => (byte)Integer(text),
        "System.Int16" => (short)Integer(text),
        "System.UInt16" => (ushort)Integer(text),
        "System.Int32" => (int)Integer(text),
        "System.UInt32" => (uint)Integer(text),
        "System.Int64" => (long)Integer(text),
        "System.UInt64" => (ulong)Integer(text),
        _ => throw new FormatException($"a constant of type {type} is {text}; expected a number, a string, true, false or null"),
    };

    private static string Number(string text) => text switch
    {
        "Infinity" => CultureInfo.InvariantCulture.NumberFormat.PositiveInfinitySymbol,
        "-Infinity" => CultureInfo.InvariantCulture.NumberFormat.NegativeInfinitySymbol,
        _ => text,
    };

    private static Int128 Integer(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? Int128.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : Int128.Parse(text, CultureInfo.InvariantCulture);
}
