using System.Globalization;
using System.Text.RegularExpressions;

namespace IotAttest.Domain.Boards;

/// <summary>Who makes the product (RFC 9711 section 4.2.3): a private enterprise number, or 16 random bytes.</summary>
/// <param name="Number">1 to 4294967295 (IANA private enterprise number), or null.</param>
/// <param name="RandomHex">32 lower-case hex digits, or null; exactly one of the two is set.</param>
public sealed partial record BoardOemId(long? Number, string? RandomHex)
{
    private const long LargestNumber = uint.MaxValue;

    /// <summary>The number as one, or null when it lies outside 1 to 4294967295.</summary>
    public static BoardOemId? FromNumber(long number) => number is >= 1 and <= LargestNumber ? new(number, null) : null;

    /// <summary>16 bytes from 32 hex digits, or null for any other text.</summary>
    public static BoardOemId? FromHex(string text) => SixteenBytes().IsMatch(text) ? new(null, text.ToLowerInvariant()) : null;

    /// <summary>The number in decimal or the hex digits.</summary>
    public override string ToString() => RandomHex ?? Number!.Value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[0-9A-Fa-f]{32}\z")]
    private static partial Regex SixteenBytes();
}
