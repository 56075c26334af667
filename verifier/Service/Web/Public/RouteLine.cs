using Microsoft.OpenApi;

namespace IotAttest.Service.Web.Public;

/// <summary>One route of the OpenAPI document.</summary>
internal sealed record RouteLine(string Tag, string Method, string Path, bool IsPublic)
{
    private const string Untagged = "Other";

    public static IEnumerable<RouteLine> Of(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        select new RouteLine(operation.Value.Tags?.FirstOrDefault()?.Name ?? Untagged, operation.Key.Method, path.Key, operation.Value.Security is null or { Count: 0 });
}
