using System.Data.Common;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Takes signed build manifests and puts their reference values in force.</summary>
internal sealed class BuildRegistry(StoreWriter writer, SignedFileCheck files, ReferencePublisher publisher, AdvisoryRegistry advisories, TimeProvider clock)
{
    /// <summary>Submits a manifest.</summary>
    /// <param name="caller">Who submits.</param>
    /// <param name="file">The signed file.</param>
    /// <param name="terms">What is said about a CoRIM of another tool; null for a manifest of the profile.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The build id, and whether it is new.</returns>
    /// <exception cref="ProblemException">The file, its signer or its content is refused.</exception>
    public async Task<(string Id, bool IsNew)> SubmitAsync(Caller caller, byte[] file, ImportTerms? terms, CancellationToken cancellation)
    {
        (SignedCorim signed, _) = files.Verify(caller, file, Roles.Manufacturer);
        BuildManifest manifest = StoredManifest.Read(signed, terms).Manifest;
        RequireConsistent(signed, manifest);
        Change change = await writer.ExecuteAsync((connection, transaction) => Submit(connection, transaction, caller, manifest, signed, file), Publish, cancellation);
        return (change.Id, change.Apply is not null);
    }

    /// <summary>Says that another build replaces this one; this one is accepted for the time of grace.</summary>
    /// <exception cref="ProblemException">Not the caller's build, or no build that can replace it.</exception>
    public async Task SupersedeAsync(Caller caller, string id, string by, TimeSpan grace, CancellationToken cancellation) =>
        await writer.ExecuteAsync((connection, transaction) => Supersede(connection, transaction, caller, id, by, grace), Publish, cancellation);

    /// <summary>Takes a build back for ever: from now on no board may run it. Retiring it again changes nothing.</summary>
    /// <exception cref="ProblemException">Not the caller's build.</exception>
    public async Task RetireAsync(Caller caller, string id, string reason, CancellationToken cancellation) =>
        await writer.ExecuteAsync((connection, transaction) => Retire(connection, transaction, caller, id, reason), Publish, cancellation);

    /// <summary>A build that the caller may decide about.</summary>
    /// <exception cref="ProblemException">404 or 403.</exception>
    internal static BuildRow OwnBuild(DbConnection connection, DbTransaction transaction, Caller caller, string id)
    {
        BuildRow build = BuildTable.Find(connection, transaction, id) ?? throw Refuse.NotFound("no build of that id", "the id of a submitted build");
        return caller.ActsAs(Roles.Manufacturer, build.Manufacturer)
            ? build
            : throw Refuse.Forbidden($"a build of {build.Manufacturer} from {caller.Name}", $"the token of {build.Manufacturer}");
    }

    private void RequireConsistent(SignedCorim signed, BuildManifest manifest)
    {
        if (manifest.Issuer != signed.Issuer)
        {
            throw Refuse.Unacceptable("IssuerMismatch", $"issuer {manifest.Issuer} in a file signed by {signed.Issuer}", "one issuer", "Make the manifest again with the right issuer.");
        }

        if (manifest.NotAfter < clock.GetUtcNow())
        {
            throw Refuse.Unacceptable("Expired", "a manifest whose validity has ended", "a manifest that is valid now", "Make the manifest again.");
        }
    }

    private Change Submit(DbConnection connection, DbTransaction transaction, Caller caller, BuildManifest manifest, SignedCorim signed, byte[] file)
    {
        string id = manifest.CorimId.ToString();
        if (BuildTable.Find(connection, transaction, id) is { } stored)
        {
            return stored.ManifestSha256.AsSpan().SequenceEqual(signed.Sha256.ToBytes())
                ? new Change(id, manifest.Issuer, null)
                : throw Refuse.Conflict($"build {id} in a file with other bytes", $"the file with {new Sha256Digest(stored.ManifestSha256)}", "Use the file that was submitted first: certificates name its hash.");
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        BuildTable.Insert(connection, transaction, manifest, signed, file, now);
        BuildEventTable.Add(connection, transaction, id, BuildEventTable.Submitted, caller.Name, "", now);
        ReferenceBuild build = BuildTable.ToReference(manifest, now) with { Advisories = advisories.Match(connection, transaction, id, manifest.Issuer) };
        return new Change(id, manifest.Issuer, reference => reference.With(build));
    }

    private Change Supersede(DbConnection connection, DbTransaction transaction, Caller caller, string id, string by, TimeSpan grace)
    {
        BuildRow build = OwnBuild(connection, transaction, caller, id);
        BuildRow? next = BuildTable.Find(connection, transaction, by);
        if (next is null || next.Id == id || !next.IsOfSameProduct(build) || next.SupersededBy is not null || next.RetiredAt is not null)
        {
            throw Refuse.Unacceptable("NoSuccessor", "\"by\" is no build that can replace this one", "another build of the same maker and class that is neither superseded nor retired itself", "Submit the newer build first.");
        }

        if (build.SupersededBy is not null)
        {
            RequireSameWindow(connection, transaction, build, by, grace);
            return new Change(id, build.Manufacturer, null);
        }

        if (build.RetiredAt is not null)
        {
            throw Refuse.Conflict("a build that is retired", "a build that is still accepted", "A retired build is accepted nowhere already: nothing is left to supersede.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        BuildTable.Supersede(connection, transaction, id, by, (now + grace).ToUnixTimeMilliseconds());
        BuildEventTable.Add(connection, transaction, id, BuildEventTable.Superseded, caller.Name, $"by {by}", now.ToUnixTimeMilliseconds());
        return Changed(connection, transaction, build);
    }

    /// <summary>The same again changes nothing. Whoever asks for something else must not take the answer for it.</summary>
    /// <exception cref="ProblemException">409: another successor, or another window.</exception>
    private static void RequireSameWindow(DbConnection connection, DbTransaction transaction, BuildRow build, string by, TimeSpan grace)
    {
        if (build.SupersededBy != by)
        {
            throw Refuse.Conflict($"a build superseded by {build.SupersededBy}", "a build that is not superseded", "Supersede the newer build instead.");
        }

        // A retired build is accepted nowhere, so its window is over whatever it was.
        if (build is { RetiredAt: null, AcceptedUntil: { } until }
            && BuildEventTable.LastOf(connection, transaction, build.Id, BuildEventTable.Superseded) is { } since
            && Math.Abs(until - since - (long)grace.TotalMilliseconds) > 1)
        {
            throw Refuse.Conflict(
                $"another grace for a build that is superseded already and accepted until {UtcText.OfMs(until)}",
                "the same grace as before",
                "The window stays as it was announced. To end it now, retire the build; to end it by security version, raise the minimum of the class.");
        }
    }

    private Change Retire(DbConnection connection, DbTransaction transaction, Caller caller, string id, string reason)
    {
        BuildRow build = OwnBuild(connection, transaction, caller, id);
        if (build.RetiredAt is not null)
        {
            return new Change(id, build.Manufacturer, null);
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        BuildTable.Retire(connection, transaction, id, now);
        BuildEventTable.Add(connection, transaction, id, BuildEventTable.Retired, caller.Name, reason, now);
        return Changed(connection, transaction, build);
    }

    private void Publish(Change change)
    {
        if (change.Apply is { } apply)
        {
            publisher.Publish(change.Manufacturer, apply);
        }
    }

    private static Change Changed(DbConnection connection, DbTransaction transaction, BuildRow build)
    {
        ReferenceBuild changed = ReferenceLoader.LoadBuild(connection, transaction, build.Id);
        return new Change(build.Id, build.Manufacturer, reference => reference.WithChanged(changed));
    }

    /// <summary>What a job did, and how reference values follow; null when nothing changed.</summary>
    private sealed record Change(string Id, string Manufacturer, Func<ManufacturerReference, ManufacturerReference>? Apply);
}
