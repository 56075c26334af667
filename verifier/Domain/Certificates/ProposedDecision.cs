using System.Collections.Immutable;

namespace IotAttest.Domain.Certificates;

/// <summary>What a body asks for, before it is checked.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Reason">Why; a decision without a reason is refused.</param>
public sealed record ProposedDecision(DecisionKind Kind, string Reason)
{
    /// <summary>End of a suspension or of its extension; null where the scheme's limit is meant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What the holder has to do until then.</summary>
    public ImmutableArray<string> RequestedActions { get; init; } = [];

    /// <summary>The body looked: the actions it requested were done. Needed to resume.</summary>
    public bool AreActionsVerified { get; init; }

    /// <summary>The certificate that takes this one's place; for <see cref="DecisionKind.Supersede"/> alone.</summary>
    public string? SupersededBy { get; init; }
}
