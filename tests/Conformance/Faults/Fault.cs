using IotAttest.Simulator;

namespace IotAttest.Conformance.Tests;

/// <summary>Something that is wrong with a board, a manifest or a verifier.</summary>
/// <param name="Identity">Makes the board's name and keys.</param>
/// <param name="Apply">Puts the fault into the subject.</param>
internal sealed record Fault(Func<BoardIdentity> Identity, Func<ConformanceSubject, BoardIdentity, ConformanceSubject> Apply)
{
    public static Fault OfSubject(Func<ConformanceSubject, ConformanceSubject> apply) => new(P256, (subject, _) => apply(subject));

    /// <summary>A board whose evidence is made otherwise, and authenticated with its own key.</summary>
    public static Fault OfEvidence(Action<ForgedEvidence> change) => new(P256, (subject, identity) => subject with
    {
        Link = new FaultyLink(subject.Link!)
        {
            Evidence = bytes =>
            {
                ForgedEvidence evidence = ForgedEvidence.Of(bytes);
                change(evidence);
                return evidence.Sign(identity);
            },
        },
    });

    /// <summary>A board on which some steps have no effect.</summary>
    public static Fault OfControl(Func<BoardStep, BoardStep?> replace) => OfSubject(subject => subject with { Control = new FaultyControl(subject.Control!, replace) });

    public static Fault OfVerifier() => OfSubject(subject => subject with { CreateVerifier = (device, key, reference, clock) => new LenientVerifier(new BenchVerifier(device, key, reference, clock)) });

    public static BoardIdentity P256() => BoardIdentity.Create(BoardKeyType.P256);
}
