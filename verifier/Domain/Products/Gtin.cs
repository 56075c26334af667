namespace IotAttest.Domain.Products;

/// <summary>Global Trade Item Numbers (GS1 General Specifications, sections 2.1 and 7.9): GTIN-8, -12, -13 and -14.</summary>
public static class Gtin
{
    /// <summary>True for 8, 12, 13 or 14 ASCII digits, not all zero, whose last digit is the check digit of those before.</summary>
    public static bool IsValid(string text) =>
        text.Length is 8 or 12 or 13 or 14
        && text.All(char.IsAsciiDigit)
        && text.Any(digit => digit != '0')
        && CheckDigitOf(text.AsSpan(0, text.Length - 1)) == text[^1] - '0';

    // Section 7.9: weights 3 and 1 in turn, 3 for the digit beside the check digit; the sum is filled up to a multiple of ten.
    private static int CheckDigitOf(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            sum += (digits[digits.Length - 1 - fromRight] - '0') * (fromRight % 2 == 0 ? 3 : 1);
        }

        return (10 - (sum % 10)) % 10;
    }
}
