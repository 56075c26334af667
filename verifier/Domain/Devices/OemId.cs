using System.Globalization;

namespace IotAttest.Domain.Devices;

/// <summary>The oemid of a board: a private enterprise number, or 16 random bytes (RFC 9711 section 4.2.3).</summary>
/// <param name="EnterpriseNumber">0 to 2^32-1, or null when the random form is used.</param>
/// <param name="RandomHex">32 lower-case hex digits, or null when the number is used.</param>
public sealed record OemId(long? EnterpriseNumber, string? RandomHex)
{
    /// <summary>The number form.</summary>
    public static OemId OfNumber(long number) => new(number, null);

    /// <summary>The random form, from its 16 bytes.</summary>
    public static OemId OfBytes(ReadOnlySpan<byte> bytes) => new(null, Convert.ToHexStringLower(bytes));

    /// <summary>Reads what <see cref="ToString"/> writes; null for any other text.</summary>
    public static OemId? Parse(string text)
    {
        if (text.Length == 32 && text.All(char.IsAsciiHexDigitLower))
        {
            return new OemId(null, text);
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? OfNumber(number) : null;
    }

    /// <summary>Decimal digits of the number, or the 32 hex digits.</summary>
    public override string ToString() => RandomHex ?? EnterpriseNumber!.Value.ToString(CultureInfo.InvariantCulture);
}
