using IotAttest.Service.Registry;

namespace IotAttest.Service.Web.Public;

/// <summary>The search as the address of the page says it: the same names as <c>GET /v1/search</c>.</summary>
internal static class PageQuery
{
    public static SearchQuery Of(PageContext page) => SearchQuery.Parse(
        new SearchRequest(
            page.Query("q"), page.Query("scheme"), page.Query("level"), page.Query("status"), page.Query("category"), page.Query("holder"), page.Query("jurisdiction"), page.Query("at"), page.Query("limit"), page.Query("cursor")),
        page.Now);
}
