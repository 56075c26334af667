using System.Data.Common;
using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>A manifest in the terms of this project, whether it is of the profile or was imported, and what was ignored of it.</summary>
internal sealed record StoredManifest(BuildManifest Manifest, IReadOnlyList<string> Ignored)
{
    private const string SayOrOmit = "For a CoRIM without a profile say ?version=, and securityVersion and class where they are needed; for one of the profile say none of them.";

    /// <summary>Reads a submitted file.</summary>
    /// <exception cref="ProblemException">The content is refused.</exception>
    public static StoredManifest Read(SignedCorim signed, ImportTerms? terms)
    {
        if (ForeignManifest.IsImport(signed) != (terms is not null))
        {
            throw terms is null
                ? Refuse.Unacceptable("UnknownProfile", "a CoRIM without a profile", "the profile of build manifests, or the terms of an import", SayOrOmit)
                : Refuse.Unacceptable("UnknownProfile", "a CoRIM with a profile and the terms of an import", "one of them", SayOrOmit);
        }

        return TryRead(signed, terms, out CorimError? error) ?? throw SignedFileCheck.Malformed(error!);
    }

    /// <summary>Reads a stored file back; what was said at its import became its class, version and security version.</summary>
    /// <exception cref="StoreException">It cannot be read back.</exception>
    public static StoredManifest Read(DbConnection connection, DbTransaction? transaction, string id)
    {
        (byte[] file, byte[] classId, string version, long securityVersion) = connection.QuerySingle<(byte[], byte[], string, long)>(
            "SELECT manifest, class, version, security_version FROM builds WHERE id = @id", new { id }, transaction);
        ImportTerms terms = new(new Guid(classId, bigEndian: true), version, (ulong)securityVersion);
        return (SignedCorim.TryDecode(file, out SignedCorim? signed, out _) ? TryRead(signed, ForeignManifest.IsImport(signed) ? terms : null, out _) : null)
            ?? throw new StoreException($"The manifest of build {id} cannot be read back. Restore a backup.");
    }

    private static StoredManifest? TryRead(SignedCorim signed, ImportTerms? terms, out CorimError? error)
    {
        if (terms is null)
        {
            return BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out error) ? new StoredManifest(manifest, []) : null;
        }

        return ForeignManifest.TryRead(signed, terms, out ForeignManifest? imported, out error) ? new StoredManifest(imported.Manifest, imported.Ignored) : null;
    }
}
