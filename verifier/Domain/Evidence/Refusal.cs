namespace IotAttest.Domain.Evidence;

/// <summary>One clear refusal: what was seen, what was expected, what to do.</summary>
/// <param name="Code">The stable reason.</param>
/// <param name="Seen">What arrived, without secrets and without the evidence itself.</param>
/// <param name="Expected">What would have been taken.</param>
/// <param name="Do">The next step for whoever runs the board.</param>
public sealed record Refusal(RefusalCode Code, string Seen, string Expected, string Do);
