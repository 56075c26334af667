using System.Globalization;
using System.Security.Cryptography;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>A hash in mosquitto's own format: <c>$7$iterations$salt$hash</c>, PBKDF2 with HMAC-SHA512, as mosquitto_passwd writes it.</summary>
internal static class MosquittoPassword
{
    private const string Kind = "7";
    private const int SaltBytes = 12;
    private const int HashBytes = 64;
    private const int MaxIterations = 1_000_000;

    /// <summary>As mosquitto_passwd has it. Our passwords are 256 random bits: nobody guesses them, however fast the hash.</summary>
    private const int Iterations = 101;

    public static string HashOf(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"${Kind}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}");
    }

    /// <summary>True when the hash is one of this password; false for any other, and for what is no such hash.</summary>
    public static bool Holds(string hash, string password)
    {
        string[] parts = hash.Split('$');
        byte[] salt = new byte[SaltBytes];
        byte[] known = new byte[HashBytes];
        return parts is ["", Kind, _, _, _]
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations) && iterations is > 0 and <= MaxIterations
            && Convert.TryFromBase64String(parts[3], salt, out int saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(parts[4], known, out int hashLength) && hashLength == HashBytes
            && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), known);
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
