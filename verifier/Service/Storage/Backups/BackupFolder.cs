using IotAttest.Service.Storage.Sqlite;

namespace IotAttest.Service.Storage.Backups;

/// <summary>The parts of a backup, and folders and files for the owner alone.</summary>
internal static class BackupFolder
{
    public const string Manifest = "manifest.json";

    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What opens the secrets in the database, what signs results, and the operator's login.</summary>
    public static readonly string[] Keys = ["secrets.key", "verifier-key.pem", "operator.token"];

    public static bool IsPart(string name) => name is Manifest or SqliteDatabase.FileName || Keys.Contains(name);

    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public static FileStream CreateFile(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
