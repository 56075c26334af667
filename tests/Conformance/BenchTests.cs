using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Conformance.Tests;

public sealed class BenchTests
{
    [Fact]
    public void Evidence_whose_challenge_is_not_known_has_none()
    {
        Assert.Null(new EvidenceSample("e", new byte[1], null).Challenge);
        Assert.NotNull(new EvidenceSample("e", new byte[1], new byte[32]).Challenge);
    }

    [Fact]
    public async Task Under_a_clock_that_stands_still_every_challenge_is_new()
    {
        await using TestBench bench = TestBench.Start(BoardIdentity.Create(BoardKeyType.Hmac));
        CheckContext context = new(bench.Subject with { Clock = new FakeClock() });
        IVerifierSide verifier = context.CreateVerifier();

        for (int i = 0; i < 3; i++)
        {
            Assert.Null((await context.AttestAsync(verifier, CancellationToken.None))!.Refusal);
        }
    }

    [Fact]
    public async Task Evidence_that_was_answered_already_is_refused()
    {
        await using TestBench bench = TestBench.Start(BoardIdentity.Create(BoardKeyType.Hmac));
        CheckContext context = new(bench.Subject);
        IVerifierSide verifier = context.CreateVerifier();
        EvidenceSample sample = (await context.Board.AskAsync(verifier.Challenge(), CancellationToken.None))!;

        Assert.Null(verifier.Submit(sample.Bytes).Refusal);
        Assert.NotNull(verifier.Submit(sample.Bytes).Refusal);
    }
}
