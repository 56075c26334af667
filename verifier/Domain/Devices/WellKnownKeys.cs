using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Domain.Devices;

/// <summary>Keys that a board must not have: what memory holds when nobody wrote to it, what examples and standards print, what follows from the UEID.</summary>
/// <remarks>A board with such a key signs for everybody (Zephyr pull request 61891: TF-M's dummy key in products). Enrolment refuses all of them
/// but the keys that published test vectors use, so that others can try those against a verifier; a conformance run names these too.</remarks>
public static class WellKnownKeys
{
    private const int KeyBytes = 32;
    private const string CountedFrom0 = "bytes counted up from 0";
    private const string CountedFrom1 = "bytes counted up from 1";
    private const string Rfc6979 = "the example of RFC 6979";

    private static readonly string[] OfVectors = [CountedFrom0, CountedFrom1, Rfc6979];

    // What people type: each as it is (padded with zeros), repeated, and hashed.
    private static readonly string[] Words = ["test", "testkey", "key", "secret", "password", "dummy", "default", "changeme", "iotattest", "12345678", "0123456789abcdef0123456789abcdef"];

    // d = 1 to 4, one byte repeated, bytes counted up, the example keys of RFC 6979 section A.2.5 and of RFC 9783 (which is TF-M's).
    private static readonly (string Name, byte[] Number)[] Private =
    [
        .. Enumerable.Range(1, 4).Select(number => ($"the private number {number}", new byte[KeyBytes - 1].Append((byte)number).ToArray())),
        ("0x01 repeated", Repeat([0x01])),
        ("0x11 repeated", Repeat([0x11])),
        ("0xAA repeated", Repeat([0xAA])),
        (CountedFrom0, Counted(0)),
        (CountedFrom1, Counted(1)),
        (Rfc6979, Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")),
        ("the dummy attestation key of TF-M", Convert.FromHexString("43FFFECB95F8085A7C40E1D3EA790BEF4EB78CDD77D58503A64C1600F91B33E7")),
        .. Words.Select(word => ($"the SHA-256 of '{word}'", SHA256.HashData(Encoding.ASCII.GetBytes(word)))),
    ];

    // Multiplying points takes a while; what comes of it is the same for every board.
    private static readonly Lazy<(string Name, byte[] Spki)[]> Public = new(() => [.. Private.Where(key => !OfVectors.Contains(key.Name)).Select(key => (key.Name, SpkiOf(key.Number)))]);

    /// <summary>How many are tried.</summary>
    public static int Count { get; } = Secrets(new byte[17]).Count() + Private.Length;

    /// <summary>The name of a secret that no board may be enrolled with, or null when it is none.</summary>
    /// <param name="secret">The HMAC key, 32 bytes.</param>
    /// <param name="ueid">The 17 bytes of the board's UEID.</param>
    public static string? NameOfSecret(byte[] secret, byte[] ueid) =>
        Secrets(ueid).FirstOrDefault(known => !OfVectors.Contains(known.Name) && CryptographicOperations.FixedTimeEquals(known.Key, secret)).Name;

    /// <summary>The name of a public key of which everybody knows the private half, or null when it is none.</summary>
    /// <param name="spki">DER SubjectPublicKeyInfo of a P-256 key.</param>
    public static string? NameOfPublic(ReadOnlySpan<byte> spki)
    {
        foreach ((string name, byte[] known) in Public.Value)
        {
            if (spki.SequenceEqual(known))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The name of the first secret that fits, or null.</summary>
    /// <param name="ueid">The 17 bytes of the board's UEID, or null when not known.</param>
    /// <param name="fits">Says whether a secret of 32 bytes fits.</param>
    public static string? FindSecret(byte[]? ueid, Predicate<byte[]> fits) =>
        Secrets(ueid).FirstOrDefault(secret => fits(secret.Key)).Name;

    /// <summary>The name of the first private key that fits, or null.</summary>
    /// <param name="fits">Says whether a P-256 key fits; the key ends with the call.</param>
    public static string? FindPrivate(Predicate<ECDsa> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
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

        yield return (CountedFrom0, Counted(0));
        yield return (CountedFrom1, Counted(1));
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

    private static byte[] SpkiOf(byte[] number)
    {
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
        return key.ExportSubjectPublicKeyInfo();
    }

    private static byte[] Repeat(byte[] pattern) => [.. Enumerable.Range(0, KeyBytes).Select(index => pattern[index % pattern.Length])];

    private static byte[] Counted(int from) => [.. Enumerable.Range(from, KeyBytes).Select(index => (byte)index)];
}
