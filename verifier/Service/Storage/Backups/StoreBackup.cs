using System.Formats.Tar;
using System.Security.Cryptography;
using Dapper;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Storage.Sqlite;
using IotAttest.Service.Transparency;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Storage.Backups;

/// <summary>Writes the data of a verifier, which may be running, into one file.</summary>
public static class StoreBackup
{
    /// <summary>Makes a backup: the database as it was at one moment, read through, with the head of its log; keys only when asked.</summary>
    /// <param name="dataDirectory">The verifier's data directory.</param>
    /// <param name="path">The new file; readable by its owner only.</param>
    /// <param name="withKeys">Puts <c>secrets.key</c>, <c>verifier-key.pem</c> and <c>operator.token</c> into it.</param>
    /// <param name="now">The time it says.</param>
    /// <exception cref="StoreException">There is no database, it is damaged, or the file exists.</exception>
    /// <exception cref="IOException">The file cannot be written, because the disk is full for one; nothing is left behind.</exception>
    public static BackupManifest Write(string dataDirectory, string path, bool withKeys, DateTimeOffset now)
    {
        if (File.Exists(path))
        {
            throw new StoreException($"{path} exists. Give the backup a new name: an old one is never replaced.");
        }

        string aside = $"{Path.GetFullPath(path)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        BackupFolder.Create(aside);
        try
        {
            string copy = Path.Combine(aside, SqliteDatabase.FileName);
            BackupManifest manifest = Copy(dataDirectory, copy) with { CreatedAt = now, HasKeys = withKeys };
            string archive = Path.Combine(aside, "archive");
            Pack(archive, manifest, copy, withKeys ? [.. BackupFolder.Keys.Select(name => Path.Combine(dataDirectory, name))] : []);
            File.Move(archive, path);
            return manifest;
        }
        catch (SqliteException cause)
        {
            throw new StoreException($"The database in {dataDirectory} could not be copied ({cause.Message}). If it is damaged, restore an earlier backup; else make room for the copy.", cause);
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static BackupManifest Copy(string dataDirectory, string copy)
    {
        string file = Path.Combine(dataDirectory, SqliteDatabase.FileName);
        if (!File.Exists(file))
        {
            throw new StoreException($"There is no {file}. Give the data directory of a verifier. One that runs with --database keeps its data in PostgreSQL: back that up with pg_dump, and keep secrets.key, verifier-key.pem and operator.token of this folder beside it.");
        }

        using (SqliteConnection source = Open(file, SqliteOpenMode.ReadOnly))
        using (SqliteConnection target = Open(copy, SqliteOpenMode.ReadWriteCreate))
        {
            // SQLite's own backup, all pages in one step: one moment of the store, and its writer goes on.
            source.BackupDatabase(target);
        }

        using SqliteConnection copied = Open(copy, SqliteOpenMode.ReadWrite);

        // One file without a write-ahead log beside it.
        copied.ExecuteScalar<string>("PRAGMA journal_mode = DELETE");
        RequireWhole(copied);
        MerkleTree log = LogTable.Tree(copied, null);
        return new BackupManifest(
            BackupManifest.CurrentFormat, default, copied.ExecuteScalar<int>("PRAGMA user_version"), HashOf(copy), log.Size, Convert.ToHexStringLower(log.Root()), HasKeys: false);
    }

    internal static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <exception cref="StoreException">The database is damaged.</exception>
    internal static void RequireWhole(SqliteConnection connection)
    {
        if (connection.ExecuteScalar<string>("PRAGMA integrity_check(1)") is var found and not "ok")
        {
            throw new StoreException($"The database is damaged ({found}). Restore an earlier backup.");
        }
    }

    internal static string HashOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Pack(string archive, BackupManifest manifest, string database, string[] keys)
    {
        using FileStream file = BackupFolder.CreateFile(archive);
        using (TarWriter tar = new(file, TarEntryFormat.Pax, leaveOpen: true))
        {
            using MemoryStream json = new(manifest.ToJson());
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupFolder.Manifest) { Mode = BackupFolder.OwnerOnly, DataStream = json });
            foreach (string part in keys.Append(database))
            {
                using FileStream content = File.OpenRead(part);
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Path.GetFileName(part)) { Mode = BackupFolder.OwnerOnly, DataStream = content });
            }
        }

        file.Flush(flushToDisk: true);
    }
}
