using System.Text;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Files;

/// <summary>Reads files that a command line names, never more than a bound.</summary>
internal static class InputFile
{
    private const int ChunkBytes = 64 * 1024;

    public static byte[] ReadBytes(string path, int maxBytes)
    {
        using FileStream stream = Open(path);
        using MemoryStream content = new();
        byte[] chunk = new byte[ChunkBytes];
        for (int read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            // Counted while reading: a pipe has no length, and a length can change.
            if (content.Length + read > maxBytes)
            {
                throw CliException.DoesNotHold($"more than {maxBytes} bytes in {path}", $"a file of at most {maxBytes} bytes", "pass the right file");
            }

            content.Write(chunk, 0, read);
        }

        return content.ToArray();
    }

    public static string ReadText(string path, int maxBytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(ReadBytes(path, maxBytes)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw CliException.DoesNotHold($"{path}, which is not UTF-8", "a text file in UTF-8", "pass the right file");
        }
    }

    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.WrongUsage($"no file {path}", "a file that exists", "correct the path");
        }
        catch (UnauthorizedAccessException)
        {
            throw CliException.WrongUsage($"{path}, which cannot be read", "a file (not a folder) that this user may read", "correct the path or the rights");
        }
    }
}
