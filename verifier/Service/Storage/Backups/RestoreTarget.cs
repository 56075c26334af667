using IotAttest.Service.Storage.Sqlite;

namespace IotAttest.Service.Storage.Backups;

/// <summary>Where a backup is put back, as it was before: a restore that was refused leaves neither folder nor lock behind.</summary>
internal sealed class RestoreTarget
{
    private static readonly string[] OwnFiles = [.. BackupFolder.Keys, SqliteDatabase.FileName, DataDirectory.LockFile];

    private readonly string _root;
    private readonly string[] _kept;
    private readonly string? _firstMissing;

    /// <summary>Looks, and makes nothing.</summary>
    public RestoreTarget(string path)
    {
        _root = Path.GetFullPath(path);
        _kept = Directory.Exists(_root) ? Directory.GetFileSystemEntries(_root) : [];
        for (string? missing = _root; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            _firstMissing = missing;
        }
    }

    /// <summary>Removes what a restore writes and was not there, and the folders that were not there as far as nothing lies in them. Called while the lock is held, so that they are nobody else's.</summary>
    public void LeaveAsItWas()
    {
        foreach (string file in OwnFiles.Select(name => Path.Combine(_root, name)).Except(_kept, StringComparer.Ordinal))
        {
            File.Delete(file);
        }

        for (string folder = _root; _firstMissing is not null && folder.Length >= _firstMissing.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }
    }
}
