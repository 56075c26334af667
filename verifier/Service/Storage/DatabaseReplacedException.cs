namespace IotAttest.Service.Storage;

/// <summary>An earlier state of the database lies where this process has seen a later one; what it holds in memory belongs to a past that is gone.</summary>
internal sealed class DatabaseReplacedException(string seen) : Exception($"{seen}: a backup was put in its place. Restart every verifier on it");
