namespace IotAttest.Service.Access.CodeFlow;

/// <summary>The secret that the issuer gave this verifier, in a file: on a command line or in an environment others would read it.</summary>
internal static class ClientSecret
{
    private const int MaxLength = 1024;

    /// <summary>Reads the file; line ends around the secret do not belong to it.</summary>
    /// <returns>The secret; or null and what is wrong with the file, without a character of it.</returns>
    public static (string? Secret, string? Fault) Read(string path)
    {
        if (!File.Exists(path))
        {
            return (null, "where no file is");
        }

        try
        {
            // RFC 6749 appendix A.2: visible ASCII.
            string secret = new FileInfo(path).Length > MaxLength ? "" : File.ReadAllText(path).Trim();
            return secret.Length > 0 && secret.All(letter => letter is >= ' ' and <= '~') ? (secret, null) : (null, $"which does not hold 1 to {MaxLength} characters of visible ASCII");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, "which cannot be read");
        }
    }
}
