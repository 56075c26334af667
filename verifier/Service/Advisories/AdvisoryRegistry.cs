using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Domain.Advisories;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories;

/// <summary>Takes advisories and puts them in force: every board on an affected build is appraised again, without new evidence.</summary>
internal sealed class AdvisoryRegistry(StoreWriter writer, AdvisoryMatching matching, ReferencePublisher publisher, TimeProvider clock)
{
    /// <summary>Imports a document. A body or the operator may speak of all builds, a manufacturer of its own.</summary>
    /// <returns>The advisory's id, and whether this revision is new.</returns>
    /// <exception cref="ProblemException">The file is refused, or not newer than the revision that is known.</exception>
    public async Task<(string Id, bool IsNew)> ImportAsync(Caller caller, byte[] file, DateTimeOffset? embargoUntil, CancellationToken cancellation)
    {
        if (!AdvisoryReader.TryRead(file, out Advisory? advisory, out AdvisoryError? error))
        {
            throw Refuse.Malformed($"{error.Path}: {error.Seen}", error.Expected, error.Do);
        }

        Change change = await writer.ExecuteAsync((connection, transaction) => Import(connection, transaction, caller, advisory, file, embargoUntil), Publish, cancellation);
        return (change.Id, change.IsNew);
    }

    /// <summary>Puts in force what waited for the end of its embargo.</summary>
    /// <returns>How many revisions came into force.</returns>
    public async Task<int> ReleaseDueAsync(CancellationToken cancellation)
    {
        Change[] changes = await writer.ExecuteAsync(
            (connection, transaction) => AdvisoryTable.Due(connection, transaction, Now()).Select(row => Release(connection, transaction, row, row.Seq)).ToArray(),
            released => Array.ForEach(released, Publish),
            cancellation);
        return changes.Length;
    }

    /// <summary>Compares a build with all advisories that count, within the change that made it new.</summary>
    /// <returns>The ids of the advisories that mark it affected.</returns>
    public ImmutableArray<string> Match(DbConnection connection, DbTransaction transaction, string build, string manufacturer) =>
        matching.MatchBuild(connection, transaction, build, manufacturer, Now());

    private Change Import(DbConnection connection, DbTransaction transaction, Caller caller, Advisory advisory, byte[] file, DateTimeOffset? embargoUntil)
    {
        string importer = caller.PublicName;
        byte[] sha256 = SHA256.HashData(file);
        AdvisoryRow? earlier = AdvisoryTable.FindDocument(connection, transaction, importer, advisory);
        if (earlier is not null && earlier.Sha256.AsSpan().SequenceEqual(sha256))
        {
            return new Change(earlier.Id, IsNew: false, []);
        }

        RequireNewer(advisory, earlier);
        bool waits = embargoUntil > clock.GetUtcNow();
        AdvisoryRow row = new()
        {
            Id = earlier?.Id ?? AdvisoryId.Of(advisory, importer, id => AdvisoryTable.IsTaken(connection, transaction, id)),
            Revision = (earlier?.Revision ?? 0) + 1,
            State = (long)AdvisoryState.Embargoed,
            Importer = importer,
            Scope = caller.IsOperator || caller.Has(Roles.Body) ? null : caller.Organisation,
            Format = (long)advisory.Format,
            DocumentId = advisory.DocumentId,
            Issuer = advisory.Issuer,
            Publisher = advisory.Publisher,
            Version = advisory.Version,
            Title = advisory.Title,
            Severity = (long)advisory.Severity,
            Withdrawn = advisory.IsWithdrawn ? 1 : 0,
            PublishedAt = advisory.PublishedAt.ToUnixTimeMilliseconds(),
            UpdatedAt = advisory.UpdatedAt.ToUnixTimeMilliseconds(),
            ImportedAt = Now(),
            EmbargoUntil = waits ? embargoUntil!.Value.ToUnixTimeMilliseconds() : null,
            Sha256 = sha256,
        };
        long seq = AdvisoryTable.Insert(connection, transaction, row, file);
        AdvisoryTable.ReplaceWaiting(connection, transaction, row.Id, row.Revision);
        AdvisoryMatching.MatchAdvisory(connection, transaction, seq, row.ImportedAt, advisory, row.Scope);
        return waits ? new Change(row.Id, IsNew: true, []) : Release(connection, transaction, row, seq);
    }

    private static void RequireNewer(Advisory advisory, AdvisoryRow? earlier)
    {
        if (earlier is not null && ComponentVersion.Compare(advisory.Version, earlier.Version) is not > 0)
        {
            throw Refuse.Conflict(
                $"version {advisory.Version} of {advisory.DocumentId} with other bytes", $"a version after {earlier.Version}", "Give the revision a higher version: a version that was published stays as it is.");
        }
    }

    private Change Release(DbConnection connection, DbTransaction transaction, AdvisoryRow row, long seq)
    {
        long now = Now();
        List<string> before = AdvisoryTable.Release(connection, transaction, row, seq, now);
        IReadOnlyCollection<string> makers = AdvisoryMatching.Refresh(connection, transaction, before.Union(MatchTable.BuildsOf(connection, transaction, seq)), now);
        return new Change(row.Id, IsNew: true, makers.ToDictionary(maker => maker, maker => VulnerableBuilds.Of(connection, transaction, maker)));
    }

    private void Publish(Change change)
    {
        foreach ((string maker, Dictionary<string, ImmutableArray<string>> advisories) in change.Makers)
        {
            publisher.Publish(maker, reference => reference.WithAdvisories(advisories));
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What a change did, with the affected builds of each maker for whom something changed.</summary>
    private sealed record Change(string Id, bool IsNew, Dictionary<string, Dictionary<string, ImmutableArray<string>>> Makers);
}
