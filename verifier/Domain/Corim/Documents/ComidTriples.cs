namespace IotAttest.Domain.Corim.Documents;

/// <summary>triples-map of a CoMID; lists of absent keys are empty.</summary>
public sealed record ComidTriples
{
    /// <summary>Key 0: what a good environment measures.</summary>
    public IReadOnlyList<EnvironmentRecord> Reference { get; init; } = [];

    /// <summary>Key 1: what is vouched for, unconditionally.</summary>
    public IReadOnlyList<EnvironmentRecord> Endorsed { get; init; } = [];

    /// <summary>Key 2: keys that identify an environment.</summary>
    public IReadOnlyList<KeyRecord> Identity { get; init; } = [];

    /// <summary>Key 3: keys that an environment attests with.</summary>
    public IReadOnlyList<KeyRecord> AttestKey { get; init; } = [];

    /// <summary>Key 4: an environment and those it trusts.</summary>
    public IReadOnlyList<RelationRecord> Dependency { get; init; } = [];

    /// <summary>Key 5: a domain and its members.</summary>
    public IReadOnlyList<RelationRecord> Membership { get; init; } = [];

    /// <summary>Key 6: an environment and its software tags.</summary>
    public IReadOnlyList<CoswidRecord> Coswid { get; init; } = [];

    /// <summary>Key 8: conditional endorsement series.</summary>
    public IReadOnlyList<SeriesRecord> Series { get; init; } = [];

    /// <summary>Key 10: conditional endorsements.</summary>
    public IReadOnlyList<ConditionalRecord> Conditional { get; init; } = [];

    /// <summary>Keys of triples that the draft does not define (reserved or of a profile); their content is well-formed, no more.</summary>
    public IReadOnlyList<long> Others { get; init; } = [];
}
