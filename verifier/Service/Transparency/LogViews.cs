namespace IotAttest.Service.Transparency;

/// <summary>A checkpoint: in plain, and signed as a compact JWS (typ iotattest-checkpoint+jwt).</summary>
internal sealed record CheckpointView(string Origin, long Size, string Root, string At, string Signed);

/// <summary>RFC 9162 section 2.1.3: leaf and path as <c>sha256:</c> and hex, from the leaf upwards.</summary>
internal sealed record LogProofView(long Seq, long Size, string Leaf, IReadOnlyList<string> Path, string Root);

/// <summary>RFC 9162 section 2.1.4.</summary>
internal sealed record LogConsistencyView(long From, long To, string FromRoot, string ToRoot, IReadOnlyList<string> Proof);

/// <summary>One entry: <paramref name="Entry"/> is what was hashed, in base64url: a signed file, or JSON.</summary>
internal sealed record LogEntryView(long Seq, string At, string Kind, string Ref, string Leaf, string? Entry);

/// <summary>Entries in order; <paramref name="Next"/> is the value of <c>after</c> for more, or null.</summary>
internal sealed record LogPage(IReadOnlyList<LogEntryView> Entries, long? Next);
