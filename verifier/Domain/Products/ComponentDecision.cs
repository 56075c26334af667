namespace IotAttest.Domain.Products;

/// <summary>What a body of the scheme, or the operator, said of the certificate of a component.</summary>
/// <param name="Status">Its status from then on.</param>
/// <param name="Until">The last day of its validity (UTC); null when the decision says nothing of it.</param>
/// <param name="At">When it was said.</param>
/// <param name="DecidedBy">Who said it.</param>
/// <param name="Reason">Why.</param>
public sealed record ComponentDecision(ComponentStatus Status, DateOnly? Until, DateTimeOffset At, string DecidedBy, string Reason);
