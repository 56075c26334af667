using System.Text.Json;
using IotAttest.Service.Access;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Audit;

/// <summary>What the audit log will say about one request; written once, before the answer begins.</summary>
/// <remarks>Of the body it takes the member "reason" and nothing else: no secret gets into the log.</remarks>
internal sealed class AuditTrail(HttpContext context, StoreWriter writer, RefusalBudget budget, TimeProvider clock)
{
    private const int MaxReasonLength = 500;
    private const int MaxObjectLength = 200;
    private const int MaxDepth = 16;

    private string _reason = "";
    private Task? _writing;

    /// <summary>Keeps the reason of a JSON body, where it has one.</summary>
    public void ReadReason(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            bool hasReason = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("reason", out JsonElement reason) && reason.ValueKind == JsonValueKind.String;
            _reason = hasReason ? Printable(json.RootElement.GetProperty("reason").GetString()!, MaxReasonLength) : "";
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair: the route refuses it, and the log has no reason to tell.
            _reason = "";
        }
    }

    /// <summary>Writes the row, once; returns when it is durable.</summary>
    /// <exception cref="StoreException">The store did not take it: then nothing may be answered but that.</exception>
    public Task WriteAsync(int status) => _writing ??= WriteOnceAsync(status);

    private async Task WriteOnceAsync(int status)
    {
        Caller caller = Caller.Of(context.User);
        if (budget.Take(caller.PublicName, status >= StatusCodes.Status400BadRequest) is not { } omitted)
        {
            return;
        }

        AuditRow row = new()
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Organisation = caller.Organisation,
            Token = caller.Token,
            TokenId = caller.TokenId,
            Person = caller.Person,
            Method = context.Request.Method,
            Route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!.TrimEnd('/'),
            Object = Printable(ObjectOf(status), MaxObjectLength),
            Reason = _reason,
            Status = status,
            Omitted = omitted,
        };

        // Not with the request's own cancellation: a caller who hangs up stays on record.
        await writer.ExecuteAsync((connection, transaction) =>
        {
            AuditTable.Insert(connection, transaction, row);
            return true;
        });
    }

    private string ObjectOf(int status)
    {
        string made = context.Response.Headers.Location.ToString();
        return status == StatusCodes.Status201Created && made.Length > 0
            ? made[(made.LastIndexOf('/') + 1)..]
            : string.Join('/', ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.Parameters.Select(parameter => context.Request.RouteValues[parameter.Name]));
    }

    private static string Printable(string text, int maxLength) =>
        string.Concat(text.Take(maxLength).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
