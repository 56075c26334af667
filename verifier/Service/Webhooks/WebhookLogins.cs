using IotAttest.Service.Access;
using IotAttest.Service.Events;
using IotAttest.Service.Organisations;

namespace IotAttest.Service.Webhooks;

/// <summary>Whether the login behind a webhook still holds. A webhook belongs to its organisation, and delivers on behalf of the login that made or
/// resumed it: with a leaked token, what was set up with it ends too. Nothing is lost, for the cursor stays.</summary>
internal sealed class WebhookLogins(AccessTokens tokens, OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>The webhook with the login of the caller behind it.</summary>
    public WebhookRow Bind(WebhookRow row, Caller caller) => new()
    {
        Id = row.Id,
        Organisation = row.Organisation,
        Roles = string.Join(',', caller.IsOperator ? [Roles.Operator] : Roles.OfOrganisations.Where(caller.Has)),
        Url = row.Url,
        Types = row.Types,
        Secret = row.Secret,
        Cursor = row.Cursor,
        CreatedAt = row.CreatedAt,
        TokenId = caller.TokenId,

        // A login by OIDC lasts minutes, and leaves no token that could be revoked.
        EndsAt = caller is { IsOperator: false, TokenId: "" } ? (clock.GetUtcNow() + TokenRegistry.LongestAfterOidc).ToUnixTimeMilliseconds() : null,
    };

    /// <summary>Why nothing is delivered, in words; null while the login holds.</summary>
    public string? Fault(WebhookRow row)
    {
        if (row.Organisation is not null && !organisations.TryFind(row.Organisation, out _))
        {
            return "its organisation is not registered";
        }

        if (HasEnded(row))
        {
            return "the login that made it has ended";
        }

        return RolesOf(row).Length == 0 ? "its organisation lost the role that may listen" : null;
    }

    /// <summary>What the webhook may hear now: no more than its login, and no more than its organisation.</summary>
    public EventScope ScopeOf(WebhookRow row) => EventScope.Of(RolesOf(row), row.Organisation);

    private bool HasEnded(WebhookRow row) =>
        row.EndsAt <= clock.GetUtcNow().ToUnixTimeMilliseconds() || (row.TokenId.Length > 0 && tokens.FindById(row.TokenId) is null);

    private string[] RolesOf(WebhookRow row)
    {
        string[] stored = row.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (row.Organisation is null || !organisations.TryFind(row.Organisation, out Organisation? organisation))
        {
            return row.Organisation is null ? stored : [];
        }

        IReadOnlyList<string>? ofToken = row.TokenId.Length > 0 ? tokens.FindById(row.TokenId)?.Roles ?? [] : null;
        return [.. stored.Where(role => organisation.Has(role) && ofToken?.Contains(role) != false)];
    }
}
