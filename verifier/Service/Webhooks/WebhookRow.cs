using IotAttest.Service.Events;

namespace IotAttest.Service.Webhooks;

/// <summary>A row of the table webhooks.</summary>
internal sealed class WebhookRow
{
    public const string Columns = "id, organisation, roles, url, types, secret, cursor, attempts, next_attempt AS NextAttempt, created_at AS CreatedAt";

    public string Id { get; init; } = "";

    public string? Organisation { get; init; }

    public string Roles { get; init; } = "";

    public string Url { get; init; } = "";

    public string Types { get; init; } = "";

    public byte[] Secret { get; init; } = [];

    public long Cursor { get; init; }

    public long Attempts { get; init; }

    public long NextAttempt { get; init; }

    public long CreatedAt { get; init; }

    public EventScope Scope => EventScope.Of(Roles.Split(','), Organisation);
}
