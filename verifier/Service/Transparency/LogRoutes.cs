using System.Buffers.Text;
using System.Globalization;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Transparency;

internal static class LogRoutes
{
    private const string Jwt = "application/jwt";
    private const string TypedJwt = $"application/{Checkpoint.Type}";

    public static IServiceCollection AddTransparency(this IServiceCollection services) =>
        services.AddSingleton<TransparencyLog>().AddHostedService<LogAuditor>();

    public static void MapTransparency(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/log").WithTags("Transparency log");
        group.MapGet("/checkpoint", ReadCheckpoint).ForAnybody();
        group.MapGet("/proof", Proof).ForAnybody();
        group.MapGet("/consistency", Consistency).ForAnybody();
        group.MapGet("/entries", Entries).ForAnybody();
        routes.MapGet("/v1/builds/{id}/receipt", (string id, TransparencyLog log) => Receipt(log, TransparencyLog.BuildKind, id)).WithTags("Transparency log").ForAnybody();
        routes.MapGet("/v1/certificates/{id}/receipt", (string id, TransparencyLog log) => Receipt(log, TransparencyLog.CertificateKind, id)).WithTags("Transparency log").ForAnybody();
        routes.MapGet("/v1/builds/{id}/statement", (string id, TransparencyLog log) => Statement(log, TransparencyLog.BuildKind, id)).WithTags("Transparency log").ForAnybody();
        routes.MapGet("/v1/certificates/{id}/statement", (string id, TransparencyLog log) => Statement(log, TransparencyLog.CertificateKind, id)).WithTags("Transparency log").ForAnybody();
    }

    internal static Results<Ok<CheckpointView>, ContentHttpResult> ReadCheckpoint(string? size, HttpContext context, TransparencyLog log)
    {
        Checkpoint checkpoint = log.Checkpoint(Number("size", size));
        string signed = log.Sign(checkpoint);
        return Negotiation.Wants(context, Jwt, TypedJwt)
            ? TypedResults.Text(signed, Jwt)
            : TypedResults.Ok(new CheckpointView(checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), Text(checkpoint.At), signed));
    }

    internal static Ok<LogProofView> Proof(string? seq, string? size, TransparencyLog log) =>
        TypedResults.Ok(log.Inclusion(Number("seq", seq) ?? throw Missing("seq"), Number("size", size)));

    internal static Ok<LogConsistencyView> Consistency(string? from, string? to, TransparencyLog log) =>
        TypedResults.Ok(log.Consistency(Number("from", from) ?? throw Missing("from"), Number("to", to)));

    internal static Ok<LogPage> Entries(string? after, string? limit, TransparencyLog log)
    {
        int most = Paging.Parse(limit, null).Limit;
        List<LogRow> rows = log.Entries(Number("after", after) ?? 0, most);
        return TypedResults.Ok(new LogPage([.. rows.Select(View)], rows.Count == most ? rows[^1].Sequence : null));
    }

    private static FileContentHttpResult Receipt(TransparencyLog log, string kind, string id) => TypedResults.File(log.Receipt(kind, id), InclusionReceipt.ContentType, $"{FileName.Of(id)}.receipt.cose");

    // A link cannot ask for a media type: what the signed file gives as application/scitt-statement+cose, by an address of its own.
    private static FileContentHttpResult Statement(TransparencyLog log, string kind, string id) => TypedResults.File(log.Statement(kind, id), TransparentStatement.ContentType, $"{FileName.Of(id)}.cose");

    private static LogEntryView View(LogRow row) => new(
        row.Sequence,
        Text(DateTimeOffset.FromUnixTimeMilliseconds(row.At)),
        row.Kind,
        row.Ref,
        new Sha256Digest(row.Leaf).ToString(),
        row.Entry is null ? null : Base64Url.EncodeToString(row.Entry));

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static long? Number(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Refuse.Malformed($"a {name} that is no number", $"{name}= and a number from 1 on", $"Correct {name}.");
    }

    private static ProblemException Missing(string name) => Refuse.Malformed($"no {name}", $"{name}= and a number from 1 on", $"Add {name} to the address.");
}
