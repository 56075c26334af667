using System.Data.Common;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Compares the bill of materials of a build with that of the last certified build of the same product.</summary>
internal sealed class SbomComparison(BuildCatalogue builds, SbomRegistry sboms, Database database)
{
    private const int MaxBuilds = 1_000;

    /// <summary>The certified build submitted last, other than this one; null when there is none.</summary>
    public BuildView? LastCertified(BuildDetailView build) => builds.ListNewest(build.Class, build.Manufacturer, new Paging(MaxBuilds, null)).Builds
        .FirstOrDefault(other => other.Id != build.Id && other.Coverage == BuildStatus.Covered);

    /// <summary>What changed since a build; null when one of the two has no bill of materials here.</summary>
    public SbomDiff? Since(Caller caller, string earlier, string later) =>
        Read(caller, earlier) is { } before && Read(caller, later) is { } after ? SbomDiff.Of(before, after) : null;

    private SbomDocument? Read(Caller caller, string build)
    {
        using DbConnection connection = database.Open();
        bool isThere = SbomTable.Exists(connection, null, build);
        return isThere && SbomReader.TryRead(sboms.FileOf(caller, build), out SbomDocument? document, out _) ? document : null;
    }
}
