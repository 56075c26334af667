using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Hosting;

/// <summary>All endpoints of an application, which are built when they are first asked for and never again.</summary>
/// <remarks>The sources of the framework compile every handler anew each time they are asked, and authorization asks apart from routing:
/// without this a verifier compiles its 250 handlers twice at its start.</remarks>
internal sealed class EndpointsBuiltOnce(IEnumerable<EndpointDataSource> sources) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() => [.. sources.SelectMany(source => source.Endpoints)]);

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>Puts it in the place of everything that is mapped so far; nothing may be mapped later.</summary>
    public static void ReplaceIn(IEndpointRouteBuilder routes)
    {
        EndpointsBuiltOnce once = new([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(once);
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
