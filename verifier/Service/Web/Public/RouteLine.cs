using System.Globalization;
using IotAttest.Service.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace IotAttest.Service.Web.Public;

/// <summary>One route of the OpenAPI document.</summary>
/// <param name="Tag">Its feature.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With its parameters.</param>
/// <param name="Roles">Who may use it; empty: everybody.</param>
/// <param name="Statuses">What it answers, in order.</param>
internal sealed record RouteLine(string Tag, string Method, string Path, IReadOnlyList<string> Roles, IReadOnlyList<string> Statuses)
{
    private const string Untagged = "Other";

    public bool IsPublic => Roles.Count == 0;

    /// <param name="document">The document.</param>
    /// <param name="endpoints">The routes themselves, which know their roles.</param>
    public static IEnumerable<RouteLine> Of(OpenApiDocument document, EndpointDataSource endpoints)
    {
        Dictionary<string, IReadOnlyList<string>> roles = RolesOf(endpoints);
        return from path in document.Paths
               from operation in path.Value.Operations ?? []
               select new RouteLine(
                   operation.Value.Tags?.FirstOrDefault()?.Name ?? Untagged,
                   operation.Key.Method,
                   path.Key,
                   roles.GetValueOrDefault(Key(operation.Key.Method, path.Key), []),
                   [.. (operation.Value.Responses ?? []).Keys.Order(StringComparer.Ordinal)]);
    }

    private static Dictionary<string, IReadOnlyList<string>> RolesOf(EndpointDataSource endpoints) => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<RequiredRoles>() is not null)
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (Key: Key(method, $"/{route.RoutePattern.RawText!.Trim('/')}"), Route: route)))
        .DistinctBy(entry => entry.Key)
        .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)[.. entry.Route.Metadata.GetMetadata<RequiredRoles>()!.Roles]);

    private static string Key(string method, string path) => string.Create(CultureInfo.InvariantCulture, $"{method} {path.TrimEnd('/')}");
}
