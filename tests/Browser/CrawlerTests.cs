using System.Net;
using System.Text.RegularExpressions;
using IotAttest.Service.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Browser.Tests;

/// <summary>Walks whatever can be reached without a login and looks for boards.</summary>
[Collection(Stage.Name)]
public sealed partial class CrawlerTests(Stage stage)
{
    private const int Most = 1_000;

    private static readonly string[] Media = ["text/html", "application/json"];

    [Fact]
    public async Task No_public_address_tells_of_an_enrolled_board()
    {
        FilledRegistry registry = await stage.FilledAsync();
        using HttpClient anybody = registry.Work.Verifier.Anybody();
        HashSet<string> seen = [];
        Queue<string> waiting = new(["/", .. PublicRoutes(registry)]);
        int pages = 0;
        while (waiting.TryDequeue(out string? path) && seen.Count < Most)
        {
            if (!seen.Add(path))
            {
                continue;
            }

            foreach (string media in path.StartsWith("/v1", StringComparison.Ordinal) ? Media : Media[..1])
            {
                string answer = await ReadAsync(anybody, path, media);
                pages += answer.Contains("<html", StringComparison.Ordinal) ? 1 : 0;
                Assert.All(registry.Ueids, ueid => Assert.False(answer.Contains(ueid, StringComparison.OrdinalIgnoreCase), $"{path} as {media} tells of board {ueid}"));
                foreach (string link in Links(answer))
                {
                    waiting.Enqueue(link);
                }
            }
        }

        Assert.True(pages >= 30, $"only {pages} pages: does the crawler still find its way?");
        Assert.True(seen.Count < Most, "the crawler never comes to an end: some link grows");
    }

    /// <summary>Every route that says it is for anybody, with what is registered in the place of its parameters.</summary>
    private static IEnumerable<string> PublicRoutes(FilledRegistry registry) =>
        from route in registry.Work.Verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<PublicRoute>() is not null && route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")
        select "/" + route.RoutePattern.RawText!.Trim('/')
            .Replace("certificates/{id}", $"certificates/{FilledRegistry.InForce}", StringComparison.Ordinal)
            .Replace("builds/{id}", $"builds/{registry.Work.Manifest.CorimId}", StringComparison.Ordinal)
            .Replace("advisories/{id}", $"advisories/{registry.Advisory}", StringComparison.Ordinal)
            .Replace("{scheme}", "demo", StringComparison.Ordinal)
            .Replace("schemes/{id}", "schemes/demo", StringComparison.Ordinal)
            .Replace("{seq}", "2", StringComparison.Ordinal)
            .Replace("{date}", "2026-11-22", StringComparison.Ordinal)
            .Replace("statuslists/{number}", "statuslists/0", StringComparison.Ordinal)
            .Replace("{name}", "acme", StringComparison.Ordinal)
            .Replace("{class}", registry.Work.Manifest.ClassId.ToString(), StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal);

    private static async Task<string> ReadAsync(HttpClient client, string path, string media)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(media);
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }

    private static IEnumerable<string> Links(string html) =>
        Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value).Split('#')[0]).Where(link => !link.Contains("lang=", StringComparison.Ordinal));

    [GeneratedRegex("(?:href|src|action)=\"(/[^\"]*)\"")]
    private static partial Regex Link();
}
