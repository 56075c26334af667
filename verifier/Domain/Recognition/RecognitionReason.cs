using System.Collections.Immutable;

namespace IotAttest.Domain.Recognition;

/// <summary>Why a certificate counts under a scheme, or does not.</summary>
/// <param name="Code">A word for programs and for pages in other languages, such as noRule; "gives" where a rule's own sentence says it.</param>
/// <param name="Text">The same as a sentence in English.</param>
public sealed record RecognitionReason(string Code, string Text)
{
    /// <summary>It is a certificate of this scheme.</summary>
    public static RecognitionReason Own { get; } = new("own", "It is a certificate of this scheme.");

    /// <summary>It is one, and not in force.</summary>
    public static RecognitionReason OwnNotInForce { get; } = new("ownNotInForce", "It is a certificate of this scheme, and not in force.");

    /// <summary>What the sentence names, in its order; empty where it names nothing.</summary>
    public ImmutableArray<string> Values { get; init; } = [];
}
