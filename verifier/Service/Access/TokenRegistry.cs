using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Access;

/// <summary>Makes, lists and ends the tokens of an organisation. Nobody gives more than they hold: neither roles, nor time, nor another person's name.</summary>
internal sealed class TokenRegistry(StoreWriter writer, Database database, OrganisationDirectory organisations, AccessTokens tokens, TimeProvider clock)
{
    public const int MaxPerOrganisation = 100;

    /// <summary>Longest life of a token made after a login by OIDC: the login itself ends too soon to bound it.</summary>
    public static readonly TimeSpan LongestAfterOidc = TimeSpan.FromDays(90);

    private const string Fewer = "Revoke tokens that nobody uses.";

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Makes a token.</summary>
    /// <returns>The stored row, and the token: shown this once.</returns>
    /// <exception cref="ProblemException">Not the caller's organisation, more than the caller may give, a name that is taken, too many.</exception>
    public async Task<(AccessTokenRow Row, string Token)> AddAsync(Caller caller, string organisation, TokenRequest request, CancellationToken cancellation)
    {
        Organisation owner = Own(caller, organisation);
        DateTimeOffset now = clock.GetUtcNow();
        string token = DataDirectory.NewToken();
        AccessTokenRow row = new()
        {
            Hash = AccessTokens.HashOf(token),
            Id = NewId(),
            Name = request.Name,
            Roles = string.Join(',', RolesFor(caller, owner, request)),
            Organisation = owner.Name,
            Person = PersonFor(caller, request),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = EndFor(caller, request, now)?.ToUnixTimeMilliseconds(),
            MadeBy = caller.Name,
        };
        await writer.ExecuteAsync((connection, transaction) => Insert(connection, transaction, row), stored => tokens.Remember(stored.Hash, stored.ToGrant()), cancellation);
        return (row, token);
    }

    /// <exception cref="ProblemException">Not the caller's organisation.</exception>
    public IReadOnlyList<AccessTokenRow> List(Caller caller, string organisation)
    {
        Organisation owner = Own(caller, organisation);
        using DbConnection connection = database.Open();
        return AccessTokenTable.Of(connection, null, owner.Name);
    }

    /// <summary>Ends a token at once.</summary>
    /// <exception cref="ProblemException">Not the caller's organisation, no such token, or one that may do more than the caller.</exception>
    public Task RevokeAsync(Caller caller, string organisation, string id, CancellationToken cancellation)
    {
        Organisation owner = Own(caller, organisation);
        return writer.ExecuteAsync((connection, transaction) => Revoke(connection, transaction, caller, owner, id), tokens.Forget, cancellation);
    }

    private Organisation Own(Caller caller, string name)
    {
        if (!caller.IsOperator && caller.Organisation != name)
        {
            throw Refuse.Forbidden($"tokens of another organisation, asked for by {caller.Name}", "your own organisation, or the operator");
        }

        return organisations.TryFind(name, out Organisation? organisation) ? organisation : throw Refuse.NotFound("an organisation that nobody registered", "a registered organisation");
    }

    private static string[] RolesFor(Caller caller, Organisation owner, TokenRequest request)
    {
        string[] most = [.. owner.Roles.Where(caller.Has)];
        string[] wanted = request.Roles.Count == 0 ? most : [.. request.Roles];
        return wanted.All(most.Contains)
            ? wanted
            : throw Refuse.Forbidden($"a token with the role {wanted.First(role => !most.Contains(role))} from {caller.Name}", $"at most {string.Join(", ", most)}");
    }

    /// <summary>A decision of two persons would be worth nothing if one person could make a token for a second one.</summary>
    private static string PersonFor(Caller caller, TokenRequest request) => caller.IsOperator || request.Person is null || request.Person == caller.Person
        ? request.Person ?? caller.Person
        : throw Refuse.Forbidden($"a token for the person {request.Person} from {caller.Name}", "the operator, who says which persons an organisation has");

    private static DateTimeOffset? EndFor(Caller caller, TokenRequest request, DateTimeOffset now)
    {
        DateTimeOffset? latest = caller is { IsOperator: false, TokenId: "" } ? now + LongestAfterOidc : caller.ExpiresAt;
        return latest is { } end && !(request.ExpiresAt <= end) ? end : request.ExpiresAt;
    }

    private static AccessTokenRow Insert(DbConnection connection, DbTransaction transaction, AccessTokenRow row)
    {
        IReadOnlyList<AccessTokenRow> stored = AccessTokenTable.Of(connection, transaction, row.Organisation!);
        RequireFreeName(stored, row.Name);
        if (stored.Count >= MaxPerOrganisation)
        {
            throw Refuse.Conflict($"{stored.Count} tokens of {row.Organisation}", $"at most {MaxPerOrganisation}", Fewer);
        }

        AccessTokenTable.Insert(connection, transaction, row);
        return row;
    }

    /// <exception cref="ProblemException">A token of that name is there.</exception>
    public static void RequireFreeName(IEnumerable<AccessTokenRow> stored, string name)
    {
        if (stored.Any(known => known.Name == name))
        {
            throw Refuse.Conflict($"a token {name} that is there already", "a name of its own", "Choose another name, or revoke the other token first.");
        }
    }

    private static string Revoke(DbConnection connection, DbTransaction transaction, Caller caller, Organisation owner, string id)
    {
        AccessTokenRow row = AccessTokenTable.Of(connection, transaction, owner.Name).FirstOrDefault(known => known.Id == id)
            ?? throw Refuse.NotFound("no token of that id", "the id of a token of the organisation");
        bool isWithin = row.RoleWords.All(caller.Has) && (caller.Person.Length == 0 || caller.Person == (row.Person ?? ""));
        if (!caller.IsOperator && !isWithin)
        {
            throw Refuse.Forbidden($"the end of the token {row.Name} from {caller.Name}", "a token with all of its roles, of the same person or of none, or the operator");
        }

        AccessTokenTable.Delete(connection, transaction, id);
        return id;
    }
}
