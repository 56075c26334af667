
namespace IotAttest.Service.Webhooks;

/// <summary>A row of the table webhooks.</summary>
internal sealed class WebhookRow
{
    public const string Columns = "id, organisation, roles, url, types, secret, cursor, attempts, next_attempt AS NextAttempt, created_at AS CreatedAt, token_id AS TokenId, ends_at AS EndsAt";

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

    /// <summary>The token that made or resumed it; empty: the operator, a login by OIDC, or a webhook from before this was noted.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>The last moment with deliveries, after a login by OIDC.</summary>
    public long? EndsAt { get; init; }
}
