using System.Collections.Immutable;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Organisations;

/// <summary>Reads the bodies of this feature.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record OrganisationRequest(string Name, IEnumerable<string> Roles, IEnumerable<string> Keys, IEnumerable<string> Schemes, string? Country)
{
    private const int MaxKeys = 16;
    private const int MaxPemLength = 1024;
    private const int MaxSchemes = 32;
    private const int MaxWordLength = 64;
    private const int MaxReasonLength = 500;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static Organisation Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "name", "roles", "keys", "schemes", "country");
        string name = fields.Text("name", MaxWordLength);
        if (!IsName(name))
        {
            throw fields.Wrong("name", $"\"{name}\"", "1 to 64 of a-z, 0-9 and hyphen");
        }

        if (name == Access.Roles.Operator)
        {
            throw fields.Wrong("name", $"\"{name}\", the name of the operator in logs", "another name");
        }

        return new Organisation(name, RolesOf(fields), SchemesOf(fields), [.. fields.Texts("keys", MaxKeys, MaxPemLength).Select(pem => KeyOf(fields, "keys", pem)).DistinctBy(key => key.Kid)])
        {
            Country = CountryOf(fields),
        };
    }

    public static OrganisationKey ParseKey(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "key");
        return KeyOf(fields, "key", fields.Text("key", MaxPemLength));
    }

    public static string ParseReason(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "reason");
        return fields.Text("reason", MaxReasonLength);
    }

    public static string ParsePerson(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "person");
        string person = fields.Text("person", MaxWordLength);
        return IsName(person) && person != Access.AccessGrant.DefaultToken
            ? person
            : throw fields.Wrong("person", $"\"{person}\"", $"1 to 64 of a-z, 0-9 and hyphen, and not \"{Access.AccessGrant.DefaultToken}\"");
    }

    public static bool IsName(string text) => text.Length is >= 1 and <= MaxWordLength && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    // ISO 3166-1 alpha-2. Whether a code is assigned changes over time; the form does not.
    private static string? CountryOf(RequestFields fields)
    {
        string? country = fields.OptionalText("country", MaxWordLength);
        return country is null || (country.Length == 2 && country.All(char.IsAsciiLetterUpper))
            ? country
            : throw fields.Wrong("country", $"\"{country}\"", "two upper-case letters (ISO 3166-1 alpha-2), such as DE");
    }

    private static ImmutableArray<string> RolesOf(RequestFields fields)
    {
        string expected = string.Join(", ", Access.Roles.OfOrganisations);
        string[] roles = fields.Texts("roles", Access.Roles.OfOrganisations.Count, MaxWordLength);
        if (roles.FirstOrDefault(role => !Access.Roles.OfOrganisations.Contains(role)) is { } unknown)
        {
            throw fields.Wrong("roles", $"\"{unknown}\"", $"one or more of {expected}");
        }

        return roles.Length > 0 ? Sorted(roles) : throw fields.Wrong("roles", "empty", $"one or more of {expected}");
    }

    private static ImmutableArray<string> SchemesOf(RequestFields fields)
    {
        string[] schemes = fields.Texts("schemes", MaxSchemes, MaxWordLength);
        return schemes.FirstOrDefault(scheme => !IsName(scheme)) is { } wrong
            ? throw fields.Wrong("schemes", $"\"{wrong}\"", "names of 1 to 64 of a-z, 0-9 and hyphen")
            : Sorted(schemes);
    }

    private static OrganisationKey KeyOf(RequestFields fields, string name, string pem) =>
        OrganisationKey.TryParse(pem) ?? throw fields.Wrong(name, "no P-256 public key", "PEM with the label PUBLIC KEY: a SubjectPublicKeyInfo on P-256 (RFC 5480)");

    private static ImmutableArray<string> Sorted(IEnumerable<string> words) => [.. words.Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>The body that adds a key.</summary>
internal sealed record OrganisationKeyRequest(string Key);

/// <summary>The body that removes a key.</summary>
internal sealed record KeyRemovalRequest(string Reason);

/// <summary>The body that gives a person of an organisation a token of their own.</summary>
internal sealed record PersonRequest(string Person);
