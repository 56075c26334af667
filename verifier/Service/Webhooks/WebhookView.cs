using IotAttest.Service.Hosting;

namespace IotAttest.Service.Webhooks;

/// <summary>A webhook as its owner sees it. <c>Secret</c> is given once, when it is made.</summary>
internal sealed record WebhookView(string Id, string Url, IReadOnlyList<string> Types, string Cursor, long FailedAttempts, string CreatedAt, string? Secret)
{
    public static WebhookView Of(WebhookRow row, string? secret = null) => new(
        row.Id, row.Url, row.Types.Length == 0 ? [] : row.Types.Split(','), Paging.CursorOf(row.Cursor), row.Attempts, UtcText.OfMs(row.CreatedAt), secret);
}
