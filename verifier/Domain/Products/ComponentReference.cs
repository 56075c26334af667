namespace IotAttest.Domain.Products;

/// <summary>A part of a product that has a certificate of its own, such as the chip: named by its maker's customer, never checked on the board.</summary>
/// <param name="Name">The part, in words.</param>
/// <param name="Scheme">The scheme of its certificate: 1 to 64 of a-z, 0-9 and hyphen.</param>
/// <param name="Number">The number of its certificate, as the scheme writes it.</param>
/// <param name="Level">The level, or null.</param>
/// <param name="Url">Where the certificate can be read: an https URL or null.</param>
/// <param name="Claimed">The status that the manufacturer of the product saw.</param>
/// <param name="Until">The last day of its validity (UTC), or null.</param>
public sealed record ComponentReference(string Name, string Scheme, string Number, string? Level, string? Url, ComponentStatus Claimed, DateOnly? Until)
{
    /// <summary>Most references of one build or product.</summary>
    public const int Max = 64;

    /// <summary>How the certificate stands at a moment.</summary>
    /// <param name="decided">What a body or the operator said of it last, which counts before what the manufacturer saw; null when nobody did.</param>
    /// <param name="now">The moment.</param>
    public ComponentStatus At(ComponentDecision? decided, DateTimeOffset now)
    {
        ComponentStatus status = StatusBy(decided);
        return status == ComponentStatus.InForce && now > EndBy(decided) ? ComponentStatus.Expired : status;
    }

    /// <summary>The last moment without a warning: the end of its validity while it is in force, the beginning of time when it is suspended,
    /// withdrawn or expired; null when no end is known. A status that nobody knows is no alarm, and no assurance.</summary>
    /// <param name="decided">As for <see cref="At"/>.</param>
    public DateTimeOffset? InForceUntil(ComponentDecision? decided) => StatusBy(decided) switch
    {
        ComponentStatus.InForce => EndBy(decided),
        ComponentStatus.Unknown => null,
        _ => DateTimeOffset.MinValue,
    };

    private ComponentStatus StatusBy(ComponentDecision? decided) => decided?.Status ?? Claimed;

    private DateTimeOffset? EndBy(ComponentDecision? decided) => new SupportPeriod(decided is null ? Until : decided.Until ?? Until).End;
}
