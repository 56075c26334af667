using System.Text.Json.Serialization;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Access;

/// <summary>A token as its organisation sees it. <c>Token</c> itself stands in the answer that made it, and nowhere else.</summary>
internal sealed record TokenView(
    string Id,
    string Name,
    IEnumerable<string> Roles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person,
    string CreatedAt,
    string MadeBy,
    string? ExpiresAt,
    string? LastUsed,
    bool IsExpired,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null)
{
    public static TokenView Of(AccessTokenRow row, DateTimeOffset now, string? token = null) => new(
        row.Id,
        row.Name,
        row.RoleWords,
        string.IsNullOrEmpty(row.Person) ? null : row.Person,
        UtcText.OfMs(row.CreatedAt),
        row.MadeBy,
        UtcText.OfMs(row.ExpiresAt),
        row.LastUsedDay is { } day ? DateTimeOffset.UnixEpoch.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
        row.ExpiresAt <= now.ToUnixTimeMilliseconds(),
        token);
}

/// <summary>The tokens of an organisation, oldest first.</summary>
internal sealed record TokenListView(IEnumerable<TokenView> Tokens);
