using System.Text.Json;

namespace IotAttest.Service.Storage.Backups;

/// <summary>What a backup says of itself; the file <c>manifest.json</c> in it.</summary>
/// <param name="Format">1.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Schema">Number of the last migration.</param>
/// <param name="DatabaseSha256">SHA-256 of the database in it, hex.</param>
/// <param name="LogSize">Entries in the transparency log.</param>
/// <param name="LogRoot">Root hash over them, hex: what a checkpoint of that size says.</param>
/// <param name="HasKeys">True with the secrets of the data directory.</param>
public sealed record BackupManifest(int Format, DateTimeOffset CreatedAt, int Schema, string DatabaseSha256, long LogSize, string LogRoot, bool HasKeys)
{
    internal const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="StoreException">It is none, or one of a later program.</exception>
    internal static BackupManifest Read(string file)
    {
        try
        {
            BackupManifest? manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(file), Options);
            return manifest is { Format: CurrentFormat } ? manifest : throw new StoreException($"The backup has format {manifest?.Format}, this program reads {CurrentFormat}. Restore it with the version that made it, or a newer one.");
        }
        catch (JsonException cause)
        {
            throw new StoreException($"manifest.json of the backup cannot be read ({cause.Message}). Take another backup.", cause);
        }
    }
}
