using System.Security.Cryptography;

namespace IotAttest.Service.Storage;

/// <summary>The folder that holds everything of a verifier; only its owner may read it.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Root);
        }
        else
        {
            Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Reads a secret file, or makes it: written aside, flushed, then moved, so that no half file is ever read.</summary>
    public string ReadOrCreateSecret(string name, Func<string> create)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            WriteSecret(path, create());
        }

        return File.ReadAllText(path).Trim();
    }

    /// <summary>A random token of 32 bytes in base64url.</summary>
    public static string NewToken() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static void WriteSecret(string path, string content)
    {
        string aside = $"{path}.new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (FileStream stream = new(aside, options))
        using (StreamWriter writer = new(stream))
        {
            writer.WriteLine(content);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path);
    }
}
