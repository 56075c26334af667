using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Access;

/// <summary>The body that makes a token.</summary>
/// <param name="Name">A person or a program: 1 to 64 of a-z, 0-9 and hyphen, once in each organisation.</param>
/// <param name="Roles">Empty: all that the maker may give.</param>
/// <param name="ExpiresAt">Null: never, or when the maker's own login ends.</param>
/// <param name="Person">Null: the person who makes it. Only the operator names another.</param>
internal sealed record TokenRequest(string Name, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt, string? Person)
{
    private const int MaxNameLength = 64;

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static TokenRequest Parse(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        using RequestFields fields = RequestFields.Parse(json, "name", "roles", "expiresAt", "person");
        string name = Word(fields, "name", fields.Text("name", MaxNameLength));
        if (name == AccessGrant.DefaultToken)
        {
            throw fields.Wrong("name", $"\"{name}\", the name of the token from registration", "another name");
        }

        string? person = fields.OptionalText("person", MaxNameLength) is { } given ? Word(fields, "person", given) : null;
        return new TokenRequest(name, RolesOf(fields), EndOf(fields, now), person);
    }

    private static string Word(RequestFields fields, string member, string text) =>
        OrganisationRequest.IsName(text) ? text : throw fields.Wrong(member, $"\"{text}\"", "1 to 64 of a-z, 0-9 and hyphen");

    private static string[] RolesOf(RequestFields fields)
    {
        string[] roles = fields.Texts("roles", Access.Roles.OfOrganisations.Count, MaxNameLength);
        return roles.FirstOrDefault(role => !Access.Roles.OfOrganisations.Contains(role)) is { } unknown
            ? throw fields.Wrong("roles", $"\"{unknown}\"", $"one or more of {string.Join(", ", Access.Roles.OfOrganisations)}")
            : [.. roles.Distinct().Order(StringComparer.Ordinal)];
    }

    private static DateTimeOffset? EndOf(RequestFields fields, DateTimeOffset now)
    {
        if (fields.OptionalText("expiresAt", MaxNameLength) is not { } text)
        {
            return null;
        }

        DateTimeOffset end = MomentText.Parse("expiresAt", text).Moment;
        return end > now && end <= now + LongestLife ? end : throw fields.Wrong("expiresAt", UtcText.Of(end), "a time to come, within ten years");
    }
}
