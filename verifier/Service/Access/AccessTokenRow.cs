namespace IotAttest.Service.Access;

/// <summary>A token of an organisation as it is stored.</summary>
internal sealed record AccessTokenRow
{
    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash { get; init; } = [];

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Comma separated.</summary>
    public string Roles { get; init; } = "";

    public string? Organisation { get; init; }

    public string? Person { get; init; }

    public long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    /// <summary>Days since 1970.</summary>
    public long? LastUsedDay { get; init; }

    public string MadeBy { get; init; } = "";

    public IReadOnlyList<string> RoleWords => Roles.Split(',');

    public AccessGrant ToGrant() => new(RoleWords, Organisation, Person ?? "")
    {
        Token = Name,
        TokenId = Id,
        ExpiresAt = ExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
    };
}
