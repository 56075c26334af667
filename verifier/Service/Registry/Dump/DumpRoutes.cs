using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Registry.Dump;

/// <summary><c>/v1/export/dump</c>: everything that is public in one signed file a day.</summary>
internal static class DumpRoutes
{
    private const string JsonLines = "application/jsonl";
    private const string Jwt = "application/jwt";

    public static IServiceCollection AddDumps(this IServiceCollection services) => services
        .AddSingleton<DumpStore>()
        .AddSingleton<DumpWriter>()
        .AddHostedService<DumpClock>();

    public static void MapDumps(this RouteGroupBuilder group)
    {
        group.MapGet("/export/dump", (DumpStore dumps) => Lines(Find(dumps, null))).Produces<string>(contentType: JsonLines);
        group.MapGet("/export/dump/signature", (DumpStore dumps) => Signature(Find(dumps, null))).Produces<string>(contentType: Jwt);
        group.MapGet("/export/dump/{date}", (string date, DumpStore dumps) => Lines(Find(dumps, date))).Produces<string>(contentType: JsonLines);
        group.MapGet("/export/dump/{date}/signature", (string date, DumpStore dumps) => Signature(Find(dumps, date))).Produces<string>(contentType: Jwt);
    }

    private static DumpFile Find(DumpStore dumps, string? date) =>
        dumps.Find(date) ?? throw Refuse.NotFound("no dump of that day", $"one of the last {DumpStore.MostKept} days as yyyy-MM-dd; the first is made when the verifier starts");

    private static PhysicalFileHttpResult Lines(DumpFile dump) =>
        TypedResults.PhysicalFile(dump.Path, JsonLines, $"registry-{dump.Date}.jsonl", enableRangeProcessing: true);

    private static PhysicalFileHttpResult Signature(DumpFile dump) => TypedResults.PhysicalFile(dump.SignaturePath, Jwt, $"registry-{dump.Date}.jwt");
}
