using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>A hash in RabbitMQ's format <c>rabbit_password_hashing_sha256</c>: base64 of four bytes of salt and SHA-256 over salt and password. Enough for 256 random bits, which nobody guesses.</summary>
internal static class RabbitPassword
{
    public const string Algorithm = "rabbit_password_hashing_sha256";

    private const int SaltBytes = 4;

    public static string HashOf(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
