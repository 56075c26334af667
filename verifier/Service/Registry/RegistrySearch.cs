using System.Data.Common;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Registry;

/// <summary>Finds certificates, whatever became of them: withdrawn and expired ones stay findable.</summary>
internal sealed class RegistrySearch(Database database, TimeProvider clock)
{
    public SearchView Find(SearchQuery query)
    {
        DateTimeOffset now = clock.GetUtcNow();
        using DbConnection connection = database.Open();
        List<SearchGroup> groups = SearchTable.Groups(connection, query, now);
        long total = SearchFacets.Total(groups, query);
        List<SearchRow> rows = SearchTable.Page(connection, query, now);
        int end = query.Offset + rows.Count;
        return new SearchView(
            UtcText.Of(query.At ?? now),
            total,
            [.. rows.Select(SearchHit.Of)],
            SearchFacets.Of(groups, query),
            end < total && end <= SearchQuery.MaxOffset ? Paging.CursorOf(end) : null);
    }
}
