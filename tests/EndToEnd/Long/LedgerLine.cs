namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>What a board knows about itself, independent of any verifier.</summary>
/// <param name="Ueid">Whose line it is.</param>
/// <param name="Acknowledged">How many evidences were acknowledged.</param>
/// <param name="Last">The challenge of the last of them; null before the first.</param>
/// <param name="SentSince">Challenges of evidence that was sent after it and never acknowledged: the verifier may have stored each, or not.</param>
/// <param name="Sent">How many evidences were sent, each for a challenge of its own.</param>
internal sealed record LedgerLine(string Ueid, long Acknowledged, byte[]? Last, IReadOnlyList<byte[]> SentSince, long Sent)
{
    /// <summary>Whether a verdict may stand on this challenge: it is that of the last acknowledged evidence, or of a later one.</summary>
    /// <remarks>By order and not by time, so that it holds for a clock that is set back too.</remarks>
    public bool Allows(byte[] nonce) => Last is null || nonce.AsSpan().SequenceEqual(Last) || SentSince.Any(sent => sent.AsSpan().SequenceEqual(nonce));
}
