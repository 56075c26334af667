using IotAttest.Service.Hosting;

namespace IotAttest.Service.Webhooks;

/// <summary>A webhook as its owner sees it. <c>Secret</c> is given once, when it is made; <c>Stopped</c> says why nothing is delivered, and is null while
/// all is well.</summary>
internal sealed record WebhookView(string Id, string Url, IReadOnlyList<string> Types, string Cursor, long FailedAttempts, string CreatedAt, string? Secret, string? Stopped)
{
    public static WebhookView Of(WebhookRow row, string? stopped, string? secret) => new(
        row.Id, row.Url, row.Types.Length == 0 ? [] : row.Types.Split(','), Paging.CursorOf(row.Cursor), row.Attempts, UtcText.OfMs(row.CreatedAt), secret, stopped);
}
