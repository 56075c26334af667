using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;

namespace IotAttest.Service.Web.Public;

/// <summary>What a scheme asks, or a source of the crosswalk; empty where it is not loaded.</summary>
internal sealed record CriteriaView(string Id, string Title, string Edition, bool IsScheme, bool IsFictitious, IReadOnlyList<RequirementLine> Requirements)
{
    public static CriteriaView? Find(string id)
    {
        CrosswalkData data = CrosswalkData.Default;
        if (SchemeCatalogue.Default.Find(id) is { } scheme)
        {
            return new CriteriaView(scheme.Id, scheme.Title, scheme.Owner, true, scheme.IsFictitious, [.. scheme.Requirements.Select(key => RequirementLine.Of(data.Find(key)!, data))]);
        }

        return data.Sources.FirstOrDefault(source => source.Id == id) is { } found
            ? new CriteriaView(found.Id, found.Title, found.Edition, false, found.IsFictitious, [.. data.Requirements.Where(each => each.Source == id).Select(each => RequirementLine.Of(each, data))])
            : null;
    }

    public int Count(string liveCheck) => Requirements.Count(line => line.LiveCheck == liveCheck);
}
