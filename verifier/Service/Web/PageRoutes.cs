using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Web.BodyDesk;
using IotAttest.Service.Web.Fleet;
using IotAttest.Service.Web.MakerDesk;
using IotAttest.Service.Web.Public;
using IotAttest.Service.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Web;

/// <summary>All pages. Each area has its folder and its own list of routes, called from here.</summary>
internal static class PageRoutes
{
    public static IServiceCollection AddPages(this IServiceCollection services) =>
        services.AddSingleton<AssetStore>().AddScoped<PageContext>().AddScoped<PageText>();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{name}", Asset).ForAnybody().ExcludeFromDescription();
        routes.MapPublicPages();
        routes.MapSignIn();
        routes.MapIssuerPages();
        routes.MapBodyDesk();
        routes.MapFleetPages();
        routes.MapMakerDesk();
    }

    internal static IResult Asset(string name, AssetStore assets) =>
        assets.Find(name) is { } asset ? new AssetResult(asset) : throw Refuse.NotFound("no asset of that name", "an asset that a page names");
}
