using System.Collections.Immutable;

namespace IotAttest.Service.Organisations;

/// <summary>An organisation that acts here.</summary>
/// <param name="Name">1 to 64 of a-z, 0-9 and hyphen.</param>
/// <param name="Roles">Role words in ordinal order.</param>
/// <param name="Schemes">Schemes a body may issue under, beside the open one; ordinal order.</param>
/// <param name="Keys">Keys in the order they were added.</param>
internal sealed record Organisation(string Name, ImmutableArray<string> Roles, ImmutableArray<string> Schemes, ImmutableArray<OrganisationKey> Keys)
{
    /// <summary>Keys that sign nothing new any more, in the order in which they were removed. What they signed before stays.</summary>
    public ImmutableArray<RemovedKey> RemovedKeys { get; init; } = [];

    /// <summary>Where it is: ISO 3166-1 alpha-2; null when nobody said.</summary>
    public string? Country { get; init; }

    public bool Has(string role) => Roles.Contains(role);

    public OrganisationKey? FindKey(ReadOnlySpan<byte> kid)
    {
        foreach (OrganisationKey key in Keys)
        {
            if (kid.SequenceEqual(key.Kid.ToBytes()))
            {
                return key;
            }
        }

        return null;
    }

    public bool IsSameAs(Organisation other) =>
        Roles.SequenceEqual(other.Roles) && Country == other.Country && Schemes.SequenceEqual(other.Schemes) && Keys.Select(key => key.Kid).ToHashSet().SetEquals(other.Keys.Select(key => key.Kid));
}
