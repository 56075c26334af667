using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Conformance;

/// <summary>Keys that a board must not have: what memory holds when nobody wrote to it, what examples and standards print, what follows from the UEID.</summary>
internal static class WellKnownKeys
{
    private const int KeyBytes = 32;

    // What people type: each as it is (padded with zeros), repeated, and hashed.
    private static readonly string[] Words = ["test", "testkey", "key", "secret", "password", "dummy", "default", "changeme", "iotattest", "12345678", "0123456789abcdef0123456789abcdef"];

    // d = 1 to 4, one byte repeated, bytes counted up, and the example key of RFC 6979 section A.2.5.
    private static readonly (string Name, byte[] Number)[] Private =
    [
        .. Enumerable.Range(1, 4).Select(number => ($"the private number {number}", new byte[KeyBytes - 1].Append((byte)number).ToArray())),
        ("0x01 repeated", Repeat([0x01])),
        ("0x11 repeated", Repeat([0x11])),
        ("0xAA repeated", Repeat([0xAA])),
        ("bytes counted up from 0", Counted(0)),
        ("bytes counted up from 1", Counted(1)),
        ("the example of RFC 6979", Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")),
        .. Words.Select(word => ($"the SHA-256 of '{word}'", SHA256.HashData(Encoding.ASCII.GetBytes(word)))),
    ];

    /// <summary>How many are tried.</summary>
    public static int Count { get; } = Secrets(new byte[17]).Count() + Private.Length;

    /// <summary>The name of the first secret that fits, or null.</summary>
    public static string? FindSecret(byte[]? ueid, Predicate<byte[]> fits) =>
        Secrets(ueid).FirstOrDefault(secret => fits(secret.Key)).Name;

    /// <summary>The name of the first private key that fits, or null.</summary>
    public static string? FindPrivate(Predicate<ECDsa> fits)
    {
        foreach ((string name, byte[] number) in Private)
        {
            using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
            if (fits(key))
            {
                return name;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, byte[] Key)> Secrets(byte[]? ueid)
    {
        foreach (byte value in new byte[] { 0x00, 0xFF, 0x01, 0x11, 0x42, 0x55, 0xA5, 0xAA })
        {
            yield return ($"0x{value:X2} repeated", Repeat([value]));
        }

        yield return ("bytes counted up from 0", Counted(0));
        yield return ("bytes counted up from 1", Counted(1));
        yield return ("0xDEADBEEF repeated", Repeat([0xDE, 0xAD, 0xBE, 0xEF]));
        foreach (string word in Words)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(word);
            yield return ($"'{word}' and zeros", [.. bytes.Concat(new byte[KeyBytes]).Take(KeyBytes)]);
            yield return ($"'{word}' repeated", Repeat(bytes));
            yield return ($"the SHA-256 of '{word}'", SHA256.HashData(bytes));
        }

        if (ueid is not null)
        {
            yield return ("the UEID and zeros", [.. ueid.Concat(new byte[KeyBytes]).Take(KeyBytes)]);
            yield return ("the UEID repeated", Repeat(ueid));
            yield return ("the SHA-256 of the UEID", SHA256.HashData(ueid));
            yield return ("the SHA-256 of the UEID in hex", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(ueid))));
        }
    }

    private static byte[] Repeat(byte[] pattern) => [.. Enumerable.Range(0, KeyBytes).Select(index => pattern[index % pattern.Length])];

    private static byte[] Counted(int from) => [.. Enumerable.Range(from, KeyBytes).Select(index => (byte)index)];
}
