using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace IotAttest.Service.Storage;

/// <summary>The folder that holds everything of a verifier; only its owner may read it.</summary>
/// <remarks>Held by one process at a time: state is in memory, and two verifiers on one folder would contradict each other.</remarks>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A folder in it while a backup is put back; nothing starts on half of one.</summary>
    public const string RestoringFolder = "restoring";

    public const string LockFile = "lock";

    /// <summary>What a verifier writes here itself; names begin like that, the database's with more behind it.</summary>
    private static readonly string[] OwnFiles = ["iotattest.db", "operator.token", "secrets.key", "verifier-key.pem", LockFile, RestoringFolder, "dumps"];

    private readonly FileStream _lock;

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
            Tighten();
        }

        _lock = TakeLock();
        if (Directory.Exists(PathOf(RestoringFolder)))
        {
            _lock.Dispose();
            throw new StoreException($"In {Root} lies a backup that was not put back to the end. Empty the directory and run iotattest restore again.");
        }
    }

    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Lets the next process have the folder; the end of the process does the same.</summary>
    public void Dispose() => _lock.Dispose();

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

    /// <summary>Makes an empty file for the owner alone, unless it is there: who opens it to write keeps that mode.</summary>
    public string PrivateFile(string name)
    {
        string path = PathOf(name);
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        }

        return path;
    }

    // A copy put back, or a hand that helped, may have left files that others can read. A folder that holds more than a verifier's data, say a
    // home directory, keeps its mode: the files in it that are ours get theirs.
    [UnsupportedOSPlatform("windows")]
    private void Tighten()
    {
        string[] entries = Directory.GetFileSystemEntries(Root);
        string[] own = [.. entries.Where(entry => OwnFiles.Any(name => Path.GetFileName(entry).StartsWith(name, StringComparison.Ordinal)))];
        try
        {
            foreach (string file in own.Where(File.Exists))
            {
                File.SetUnixFileMode(file, OwnerOnly);
            }

            if (own.Length == entries.Length)
            {
                File.SetUnixFileMode(Root, OwnerOnly | UnixFileMode.UserExecute);
            }
        }
        catch (Exception cause) when (cause is UnauthorizedAccessException or IOException)
        {
            throw new StoreException($"The data directory {Root} holds files that others may read, and their mode cannot be changed ({cause.Message}). Give the folder and what is in it to the user who runs the verifier.", cause);
        }
    }

    private FileStream TakeLock()
    {
        try
        {
            // FileShare.None is an advisory lock (flock) on Unix: it goes with the process, however that ends.
            return new FileStream(PrivateFile(LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (cause is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new StoreException($"The data directory {Root} is in use by another verifier, or cannot be locked ({cause.Message}). Stop the other one, or give this one a directory of its own.", cause);
        }
    }

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
