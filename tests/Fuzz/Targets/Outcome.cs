namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>What a decoder said: twice the same for the same bytes.</summary>
/// <param name="IsAccepted">True when it took the bytes.</param>
/// <param name="Digest">A number made from what it read, or from why it refused.</param>
internal readonly record struct Outcome(bool IsAccepted, int Digest)
{
    public static Outcome Refused(object? why) => new(false, why?.GetHashCode() ?? 0);
}
