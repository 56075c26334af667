using System.Security.Cryptography;
using IotAttest.Service.Results;

namespace IotAttest.Service.Storage.Sharing;

/// <summary>Makes sure that a verifier has the keys of the database it shares: the one that opens its secrets, and the one that signs results and the log.</summary>
internal static class SharedKeys
{
    private static readonly byte[] Sample = "the key of this database"u8.ToArray();

    /// <exception cref="StoreException">The keys in the data directory are others.</exception>
    public static void Require(Database database, SecretBox secrets, VerifierKey signer, DataDirectory directory)
    {
        Require(database, directory, "secrets.key", secrets.Mark(Sample));
        Require(database, directory, "verifier-key.pem", SHA256.HashData(signer.Signer.ExportSubjectPublicKeyInfo()));
    }

    private static void Require(Database database, DataDirectory directory, string name, byte[] fingerprint)
    {
        if (!database.FirstFingerprint(name, fingerprint).AsSpan().SequenceEqual(fingerprint))
        {
            throw new StoreException($"{name} in {directory.Root} is not the one of the database {database.Name}. Stop, put secrets.key and verifier-key.pem of a verifier that uses this database into the folder, and start again.");
        }
    }
}
