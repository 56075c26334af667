using System.Collections.Immutable;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Certificates;

/// <summary>One decision that was taken: a line of a history that is only ever added to.</summary>
/// <param name="At">When it took effect.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Status">The status from then on; never <see cref="CertificateStatus.Expired"/>.</param>
/// <param name="DecidedBy">The certification body.</param>
/// <param name="Reason">Why, for everybody to read.</param>
public sealed record CertificateEvent(DateTimeOffset At, DecisionKind Kind, CertificateStatus Status, string DecidedBy, string Reason)
{
    /// <summary>End of a suspension; null for other decisions.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What the holder of a suspended certificate has to do.</summary>
    public ImmutableArray<string> RequestedActions { get; init; } = [];

    /// <summary>True when a second person of the body confirmed it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The certificate that took this one's place; null for other decisions.</summary>
    public string? SupersededBy { get; init; }
}
