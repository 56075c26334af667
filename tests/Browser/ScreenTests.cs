using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Browser.Tests;

/// <summary>Holds the lists of screens complete: a page that is added and not looked at fails here.</summary>
[Collection(Stage.Name)]
public sealed class ScreenTests(Stage stage)
{
    private static readonly string[] PageAreas =
    [
        "/certificates", "/builds", "/verify", "/recognition", "/changes", "/data", "/criteria", "/log", "/advisories", "/laboratories", "/evaluations", "/desk", "/fleet",
    ];

    /// <summary>Answers below the addresses of pages that are no screens.</summary>
    private static readonly string[] NoScreens =
    [
        "/assets/{name}", "/desk/body/certificates/{id}/surveillance.csv", "/fleet/add/find",
    ];

    /// <summary>Screens whose addresses hold what a test made; each is opened in the lists beside the constant ones.</summary>
    private static readonly string[] Made =
    [
        "/builds/1", "/advisories/1", "/desk/body/cases/1", "/desk/body/applications/1", "/desk/manufacturer/builds/1", "/desk/manufacturer/advisories/1", "/desk/manufacturer/incidents/1",
        "/fleet/devices/1",
    ];

    [Fact]
    public async Task Every_screen_is_looked_at()
    {
        FilledRegistry registry = await stage.FilledAsync();
        string[] visited = [.. PageTests.Pages.Concat(DeskTests.BodyPages).Concat(DeskTests.MakerPages).Concat(FleetPageTests.Pages).Concat(Made).Select(path => path.Split('?')[0])];

        string[] screens =
        [
            .. registry.Work.Verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
                .Select(route => "/" + route.RoutePattern.RawText!.Trim('/'))
                .Where(path => path == "/" || PageAreas.Any(area => path == area || path.StartsWith(area + "/", StringComparison.Ordinal)))
                .Except(NoScreens)
                .Distinct(),
        ];

        Assert.True(screens.Length > 35, $"only {screens.Length} screens");
        Assert.DoesNotContain(screens, screen => !visited.Any(path => Regex.IsMatch(path, $"^{Regex.Replace(Regex.Escape(screen), @"\\\{[^}]*}", "[^/]+")}$")));
    }
}
