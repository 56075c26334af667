using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Service.Cluster;

/// <summary>The secret under which nodes of a cluster ask who may log in: a part of the path, because rabbitmq_auth_backend_http sends no header of its own.</summary>
/// <param name="Value">32 to 128 letters, digits, - and _.</param>
internal sealed record AccessSecret(string Value)
{
    private const int MinLength = 32;
    private const int MaxLength = 128;

    /// <summary>Reads the secret; line ends around it do not belong to it.</summary>
    /// <returns>The secret; or null and what is wrong with the file, without a character of it.</returns>
    public static (AccessSecret? Secret, string? Fault) Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return (null, "where no file is");
            }

            string text = file.Length > 2 * MaxLength ? "" : File.ReadAllText(path).Trim('\r', '\n');
            return text.Length is >= MinLength and <= MaxLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
                ? (new AccessSecret(text), null)
                : (null, $"which does not hold {MinLength} to {MaxLength} letters, digits, - and _");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, "which cannot be read");
        }
    }

    /// <summary>Takes as long for every guess of the same length.</summary>
    public bool Is(string guess) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(guess), Encoding.UTF8.GetBytes(Value));

    /// <summary>Records print themselves; this one does not.</summary>
    public override string ToString() => nameof(AccessSecret);
}
