using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IotAttest.Domain.Policies;

/// <summary>The policies in force: one for every board and at most one for each level of a scheme. An immutable snapshot.</summary>
public sealed class PolicyBook
{
    private readonly FrozenDictionary<(string Scheme, string Level), EvidencePolicy> _levels;

    /// <param name="policies">One version of each policy; without one of id <c>default</c> the permissive one holds.</param>
    /// <exception cref="ArgumentException">Two versions of one policy: it would be a matter of luck which one holds (lessons.md section 2, 13).</exception>
    public PolicyBook(IEnumerable<EvidencePolicy> policies)
    {
        Policies = [.. policies.OrderBy(policy => policy.Id, StringComparer.Ordinal)];
        if (Policies.GroupBy(policy => policy.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Policy {twice.Key} is given {twice.Count()} times; give one version of it.", nameof(policies));
        }

        General = Policies.FirstOrDefault(policy => policy.Id == EvidencePolicy.DefaultId) ?? EvidencePolicy.Permissive;
        _levels = Policies.Where(policy => policy.Scheme is not null).ToFrozenDictionary(policy => (policy.Scheme!, policy.Level!));
    }

    /// <summary>A book that asks for nothing; levels are as their certificates say.</summary>
    public static PolicyBook Empty { get; } = new([]);

    /// <summary>All policies, in ordinal order of their ids.</summary>
    public ImmutableArray<EvidencePolicy> Policies { get; }

    /// <summary>The policy of every board.</summary>
    public EvidencePolicy General { get; }

    /// <summary>The policy of a level, or null.</summary>
    public EvidencePolicy? Find(string scheme, string level) => _levels.GetValueOrDefault((scheme, level));

    /// <summary>The same book with another version of one policy, or with one more.</summary>
    public PolicyBook With(EvidencePolicy policy) => new([.. Policies.Where(other => other.Id != policy.Id), policy]);
}
