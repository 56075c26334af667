using System.Formats.Tar;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Storage.Sqlite;
using IotAttest.Service.Transparency;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Storage.Backups;

/// <summary>Puts a backup into an empty data directory: whole and checked, or not at all.</summary>
public static class StoreRestore
{
    private const long MaxSmallPartBytes = 64 * 1024;

    /// <summary>Restores; afterwards a verifier starts on the directory.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="dataDirectory">A directory that is empty or not there.</param>
    /// <exception cref="StoreException">The directory holds something, or the backup is damaged, altered, or of a later program.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    public static BackupManifest Read(string file, string dataDirectory)
    {
        using FileStream archive = File.OpenRead(file);
        RestoreTarget target = new(dataDirectory);
        using DataDirectory directory = new(dataDirectory);
        bool isDone = false;
        try
        {
            BackupManifest manifest = PutBack(archive, directory);
            isDone = true;
            return manifest;
        }
        catch (Exception cause) when (cause is SqliteException or InvalidDataException or EndOfStreamException)
        {
            throw new StoreException($"The backup {file} is damaged ({cause.Message}). Take another one.", cause);
        }
        finally
        {
            if (!isDone)
            {
                target.LeaveAsItWas();
            }
        }
    }

    private static BackupManifest PutBack(Stream archive, DataDirectory directory)
    {
        if (Directory.EnumerateFileSystemEntries(directory.Root).Select(Path.GetFileName).FirstOrDefault(name => name != DataDirectory.LockFile) is { } found)
        {
            throw new StoreException($"{directory.Root} holds {found}. Restore into an empty directory: nothing is ever overwritten.");
        }

        // As long as this folder is there no verifier starts: half a backup cannot be taken for a whole one.
        string aside = directory.PathOf(DataDirectory.RestoringFolder);
        BackupFolder.Create(aside);
        try
        {
            Unpack(archive, aside);
            BackupManifest manifest = Check(aside);
            foreach (string name in BackupFolder.Keys.Append(SqliteDatabase.FileName).Where(name => File.Exists(Path.Combine(aside, name))))
            {
                File.Move(Path.Combine(aside, name), directory.PathOf(name));
            }

            return manifest;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static void Unpack(Stream archive, string folder)
    {
        using TarReader tar = new(archive, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            bool isFine = entry is { EntryType: TarEntryType.RegularFile, DataStream: not null }
                && BackupFolder.IsPart(entry.Name)
                && (entry.Name == SqliteDatabase.FileName || entry.Length <= MaxSmallPartBytes)
                && !File.Exists(Path.Combine(folder, entry.Name));
            if (!isFine)
            {
                throw new InvalidDataException($"it holds '{entry.Name}', which no backup holds");
            }

            using FileStream part = BackupFolder.CreateFile(Path.Combine(folder, entry.Name));
            entry.DataStream!.CopyTo(part);
            part.Flush(flushToDisk: true);
        }

        if (!File.Exists(Path.Combine(folder, BackupFolder.Manifest)) || !File.Exists(Path.Combine(folder, SqliteDatabase.FileName)))
        {
            throw new InvalidDataException("it lacks the database or its manifest");
        }
    }

    private static BackupManifest Check(string folder)
    {
        BackupManifest manifest = BackupManifest.Read(Path.Combine(folder, BackupFolder.Manifest));
        string database = Path.Combine(folder, SqliteDatabase.FileName);
        if (StoreBackup.HashOf(database) != manifest.DatabaseSha256)
        {
            throw new InvalidDataException("the database is not the one of its manifest");
        }

        using SqliteConnection connection = StoreBackup.Open(database, SqliteOpenMode.ReadWrite);
        StoreBackup.RequireWhole(connection);
        SqliteMigrations.Apply(connection);

        // Computed from the entries, not read: the log that comes back is the one whose head the backup names.
        LogCheck log = LogAudit.Of(connection);
        if (log.Size != manifest.LogSize || Convert.ToHexStringLower(log.Root.ToBytes()) != manifest.LogRoot)
        {
            throw new InvalidDataException($"its log has {log.Size} entries and the root {log.Root}, the manifest says {manifest.LogSize} and {manifest.LogRoot}");
        }

        return manifest;
    }
}
