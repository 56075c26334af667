using Dapper;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Storage.Sharing;

namespace IotAttest.Service.Reference;

/// <summary>Takes over builds, certificates and what else appraisal compares with, as other verifiers changed them.</summary>
internal sealed class ReferenceFollower(ReferencePublisher publisher) : IStoreFollower
{
    private const string Terms = "terms";
    private const string TermsOf = "terms/";

    public void Follow(StoreChanges changes)
    {
        // Components of all makers name the same certificates; everything else belongs to one of them.
        HashSet<string> whole = changes.Kinds.Contains(Terms)
            ? [.. ReferenceLoader.Manufacturers(changes.Connection)]
            : [.. changes.Kinds.Where(kind => kind.StartsWith(TermsOf, StringComparison.Ordinal)).Select(kind => kind[TermsOf.Length..])];
        foreach (string manufacturer in whole)
        {
            publisher.Publish(manufacturer, ReferenceLoader.Load(changes.Connection, changes.Transaction, manufacturer));
        }

        foreach (IGrouping<string, string> builds in Changed(changes).Where(builds => !whole.Contains(builds.Key)))
        {
            ReferenceBuild[] read = [.. builds.Select(id => ReferenceLoader.LoadBuild(changes.Connection, changes.Transaction, id))];
            publisher.Publish(builds.Key, reference => read.Aggregate(reference, Put));
        }
    }

    private static ILookup<string, string> Changed(StoreChanges changes) => changes.Connection
        .Query<(string Manufacturer, string Id)>("SELECT manufacturer, id FROM builds WHERE batch > @Since ORDER BY rowid", new { changes.Since }, changes.Transaction)
        .ToLookup(row => row.Manufacturer, row => row.Id);

    private static ManufacturerReference Put(ManufacturerReference reference, ReferenceBuild build) =>
        reference.Find(build.Id) is null ? reference.With(build) : reference.WithChanged(build);
}
