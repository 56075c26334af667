using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Registry;

/// <summary>How many results each value of a filter would leave, the other filters staying as they are.</summary>
internal sealed record SearchFacets(
    IReadOnlyList<FacetCount> Scheme, IReadOnlyList<FacetCount> Level, IReadOnlyList<FacetCount> Status, IReadOnlyList<FacetCount> Category, IReadOnlyList<FacetCount> Holder)
{
    private const int MostValues = 20;

    public static SearchFacets Of(IReadOnlyCollection<SearchGroup> groups, SearchQuery query) => new(
        Count(groups.Where(group => Fits(group, query with { Scheme = null, Level = null })), group => [group.Scheme]),
        Count(groups.Where(group => Fits(group, query with { Level = null })), group => [group.Level]),
        Count(groups.Where(group => Fits(group, query with { Status = null })), group => [((CertificateStatus)group.Status).ToString()]),
        Count(groups.Where(group => Fits(group, query with { Category = null })), Categories),
        Count(groups.Where(group => Fits(group, query with { Holder = null })), group => [group.Holder]));

    public static long Total(IReadOnlyCollection<SearchGroup> groups, SearchQuery query) => groups.Where(group => Fits(group, query)).Sum(group => group.Count);

    private static bool Fits(SearchGroup group, SearchQuery query) =>
        (query.Scheme is null || group.Scheme == query.Scheme)
        && (query.Level is null || group.Level == query.Level)
        && (query.Status is null || group.Status == (long)query.Status)
        && (query.Category is null || Categories(group).Contains(query.Category))
        && (query.Holder is null || group.Holder == query.Holder)
        && (query.SchemesOfJurisdiction is not { } schemes || schemes.Contains(group.Scheme));

    private static string[] Categories(SearchGroup group) => group.Categories.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static List<FacetCount> Count(IEnumerable<SearchGroup> groups, Func<SearchGroup, IEnumerable<string>> values) =>
    [
        .. groups.SelectMany(group => values(group).Select(value => (value, group.Count)))
            .GroupBy(pair => pair.value, (value, pairs) => new FacetCount(value, pairs.Sum(pair => pair.Count)))
            .OrderByDescending(facet => facet.Count)
            .ThenBy(facet => facet.Value, StringComparer.Ordinal)
            .Take(MostValues),
    ];
}

/// <summary>One value of a filter.</summary>
internal sealed record FacetCount(string Value, long Count);
