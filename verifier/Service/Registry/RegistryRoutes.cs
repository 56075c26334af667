using System.Globalization;
using System.Text;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Events;
using IotAttest.Service.Reference;
using IotAttest.Service.Registry.Dump;
using IotAttest.Service.Registry.Label;
using IotAttest.Service.Registry.Stats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Registry;

/// <summary>The registry as data for everybody: search, changes, exports, and what a label needs.</summary>
internal static class RegistryRoutes
{
    private const int FeedEntries = 100;

    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<RegistrySearch>()
        .AddSingleton<RegistryChanges>()
        .AddSingleton<LiveConformity>()
        .AddSingleton<RegistryStats>()
        .AddSingleton<PublicAddress>()
        .AddDumps()
        .AddHostedService<ProductNames>();

    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1").WithTags("Registry").ForAnybody().LimitedAsPage();
        group.MapGet("/search", Search);
        group.MapGet("/registry/changes", Changes);
        group.MapGet("/stats", Stats);
        group.MapGet("/feed.atom", Feed).Produces<string>(contentType: "application/atom+xml");
        group.MapGet("/export/certificates.csv", () => new ExportResult(asCsv: true)).Produces<string>(contentType: "text/csv");
        group.MapGet("/export/certificates.jsonl", () => new ExportResult(asCsv: false)).Produces<string>(contentType: "application/jsonl");
        group.MapGet("/certificates/{id}/live", Live);
        group.MapGet("/certificates/{id}/corim", CorimFile).Produces<byte[]>(contentType: SignedFileCheck.MediaType);
        group.MapGet("/certificates/{id}/jwt", JwtFile).Produces<string>(contentType: "application/jwt");
        group.MapGet("/builds/{id}/corim", ManifestFile).Produces<byte[]>(contentType: SignedFileCheck.MediaType);
        group.MapGet("/certificates/{id}/label.svg", LabelSvg).Produces<string>(contentType: LabelResult.MediaType);
        group.MapDumps();
        group.MapGet("/certificates/{id}/qr.svg", QrSvg).Produces<string>(contentType: LabelResult.MediaType);
    }

    internal static Ok<SearchView> Search([AsParameters] SearchRequest request, RegistrySearch search, TimeProvider clock) =>
        TypedResults.Ok(search.Find(SearchQuery.Parse(request, clock.GetUtcNow())));

    internal static Ok<ChangesView> Changes(string? since, string? limit, RegistryChanges changes)
    {
        EventQuery query = EventQuery.Parse(since ?? "0", null, limit, 0);
        IReadOnlyList<EventView> found = changes.After(query.After, query.Limit);
        return TypedResults.Ok(new ChangesView(found, found.Count > 0 ? found[^1].Id : query.After.ToString(CultureInfo.InvariantCulture)));
    }

    internal static Ok<StatsView> Stats(RegistryStats stats) => TypedResults.Ok(stats.Read());

    internal static FileContentHttpResult Feed(RegistryChanges changes, PublicAddress address, TimeProvider clock) =>
        TypedResults.File(AtomFeed.Write(changes.Before(null, FeedEntries), address, clock.GetUtcNow()), AtomFeed.MediaType);

    internal static Ok<LiveView> Live(string id, CertificateCatalogue catalogue, LiveConformity live) => TypedResults.Ok(live.Of(catalogue.Find(id).Build));

    internal static FileContentHttpResult CorimFile(string id, CertificateCatalogue catalogue) =>
        TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType, $"{FileName.Of(id)}.corim");

    internal static FileContentHttpResult JwtFile(string id, string? at, CertificateCatalogue catalogue, TimeProvider clock) =>
        TypedResults.File(Encoding.ASCII.GetBytes(catalogue.FindJwt(id, MomentText.ParsePast(at, clock.GetUtcNow()))), "application/jwt", $"{FileName.Of(id)}.jwt");

    internal static FileContentHttpResult ManifestFile(string id, BuildCatalogue catalogue) =>
        TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType, $"{FileName.Of(id)}.corim");

    internal static LabelResult LabelSvg(string id, string? lang, CertificateCatalogue catalogue, PublicAddress address)
    {
        CertificateView certificate = catalogue.Find(id);
        return new LabelResult(LabelDrawing.Label(address.OfCertificate(certificate.Id), LabelStates.Of(certificate), Web.Language.Find(lang) ?? Web.Language.English));
    }

    internal static LabelResult QrSvg(string id, CertificateCatalogue catalogue, PublicAddress address) =>
        new(LabelDrawing.Qr(address.OfCertificate(catalogue.Find(id).Id)));
}
