using System.Collections.Immutable;
using System.Data.Common;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Takes bills of materials. A file counts for a build only when its SHA-256 stands in the signed manifest.</summary>
internal sealed class SbomRegistry(StoreWriter writer, Database database, AdvisoryRegistry advisories, ReferencePublisher publisher, TimeProvider clock)
{
    private const string NewManifest = "Make the manifest with: iotattest build manifest ... --sbom FILE, and submit this very file.";

    /// <summary>Stores and indexes a file.</summary>
    /// <returns>True when it is new.</returns>
    /// <exception cref="ProblemException">Not the caller's build, another file than the manifest names, or none that can be read.</exception>
    public async Task<bool> UploadAsync(Caller caller, string id, byte[] file, CancellationToken cancellation)
    {
        if (!SbomReader.TryRead(file, out SbomDocument? sbom, out SbomError? error))
        {
            throw Refuse.Malformed($"{error.Path}: {error.Seen}", error.Expected, "Send CycloneDX 1.4 to 1.6 or SPDX 2.3, as JSON.");
        }

        Change change = await writer.ExecuteAsync((connection, transaction) => Upload(connection, transaction, caller, id, sbom, file), Publish, cancellation);
        return change.Advisories is not null;
    }

    /// <summary>The file, for those who may see what a build is made of.</summary>
    /// <exception cref="ProblemException">No such build, none uploaded, or not for this caller.</exception>
    public byte[] FileOf(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        BuildRow build = BuildTable.Find(connection, null, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");
        if (!SbomSight.SeesAll(caller) && !caller.ActsAs(Roles.Manufacturer, build.Manufacturer))
        {
            throw Refuse.Forbidden($"the bill of materials of {build.Manufacturer} for {caller.Name}", "its maker, a body or an auditor");
        }

        return SbomTable.FileOf(connection, build.Id) ?? throw Refuse.NotFound("no bill of materials for this build", "a build whose maker uploaded it");
    }

    private Change Upload(DbConnection connection, DbTransaction transaction, Caller caller, string id, SbomDocument sbom, byte[] file)
    {
        BuildRow build = BuildRegistry.OwnBuild(connection, transaction, caller, id);
        Sha256Digest seen = Sha256Digest.Of(file);
        Sha256Digest expected = DigestIn(connection, transaction, build.Id)
            ?? throw Refuse.Unacceptable("NoSbom", "a manifest that names no bill of materials", "a manifest with its SHA-256", NewManifest);
        if (seen != expected)
        {
            throw Refuse.Unacceptable("SbomMismatch", $"a file with {seen}", $"{expected}, as the manifest says", NewManifest);
        }

        if (SbomTable.Exists(connection, transaction, build.Id))
        {
            return new Change(build.Manufacturer, null);
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        SbomTable.Insert(connection, transaction, build.Id, sbom, file, now);
        BuildEventTable.Add(connection, transaction, build.Id, BuildEventTable.Sbom, caller.Name, sbom.Format, now);
        advisories.Match(connection, transaction, build.Id, build.Manufacturer);
        return new Change(build.Manufacturer, VulnerableBuilds.Of(connection, transaction, build.Manufacturer));
    }

    private void Publish(Change change)
    {
        if (change.Advisories is { } affected)
        {
            publisher.Publish(change.Manufacturer, reference => reference.WithAdvisories(affected));
        }
    }

    private static Sha256Digest? DigestIn(DbConnection connection, DbTransaction transaction, string id) =>
        StoredManifest.Read(connection, transaction, id).Manifest.Sbom;

    /// <summary>What an upload did: the affected builds of the maker; null when the file was there already.</summary>
    private sealed record Change(string Manufacturer, Dictionary<string, ImmutableArray<string>>? Advisories);
}
