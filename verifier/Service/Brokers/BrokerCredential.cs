using System.Text;

namespace IotAttest.Service.Brokers;

/// <summary>The user and password that a broker gave this verifier, in a file: on a command line others would read them.</summary>
/// <param name="User">The user name; without a colon.</param>
/// <param name="Password">The password, UTF-8.</param>
internal sealed record BrokerCredential(string User, byte[] Password)
{
    private const int MaxBytes = 1024;

    /// <summary>Reads <c>user:password</c>; line ends around it do not belong to it.</summary>
    /// <returns>The credential; or null and what is wrong with the file, without a character of it.</returns>
    public static (BrokerCredential? Credential, string? Fault) Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return (null, "where no file is");
            }

            string text = file.Length > MaxBytes ? "" : File.ReadAllText(path).Trim('\r', '\n');
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && colon < text.Length - 1 && !text.Any(char.IsControl)
                ? (new BrokerCredential(text[..colon], Encoding.UTF8.GetBytes(text[(colon + 1)..])), null)
                : (null, $"which does not hold one line user:password of at most {MaxBytes} bytes");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, "which cannot be read");
        }
    }
}
