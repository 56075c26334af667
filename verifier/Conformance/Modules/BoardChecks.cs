using IotAttest.Domain.Identity;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Checks of the evidence module that talk with the board.</summary>
internal static class BoardChecks
{
    private const string NoAnswer = "no evidence in answer to a challenge";

    // None, one byte too few, one too many, and far too many.
    private static readonly int[] WrongLengths = [0, EvidenceProfile.NonceBytes - 1, EvidenceProfile.NonceBytes + 1, 1024];

    public static async Task<Finding> AnswersAsync(CheckContext context, CancellationToken cancellation)
    {
        int answers = (await context.SamplesAsync(cancellation)).Count;
        string again = context.Board.Repetitions > 0 ? $", and {context.Board.Repetitions} times evidence that had been sent before" : "";
        return Finding.Of(answers == CheckContext.Questions, $"{answers} answers to {CheckContext.Questions} challenges{again}", $"new evidence for each of {CheckContext.Questions} challenges");
    }

    public static async Task<Finding> OtherBoardAsync(CheckContext context, CancellationToken cancellation)
    {
        byte[] other = context.DeviceUeid;
        other[^1] ^= 1;
        EvidenceSample? answer = await context.Board.ProvokeAsync(Topics.Challenge(Ueid.ToHex(other)), CheckContext.NewChallenge(), cancellation);
        return Finding.Of(answer is null, answer is null ? "no answer" : "evidence", "no answer to a challenge on the topic of another UEID");
    }

    public static async Task<Finding> GarbageAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "no evidence for a challenge that is not 32 bytes long, and evidence for the next good one";
        foreach (int length in WrongLengths)
        {
            if (await context.Board.ProvokeAsync(Topics.Challenge(context.Device.Ueid), CheckContext.NewChallenge().Concat(new byte[WrongLengths[^1]]).Take(length).ToArray(), cancellation) is not null)
            {
                return Finding.Fail($"evidence for a challenge of {length} bytes", Expected);
            }
        }

        EvidenceSample? answer = await context.Board.AskAsync(CheckContext.NewChallenge(), cancellation);
        return Finding.Of(answer is not null, answer is null ? "no evidence any more" : "silence for each wrong one, evidence for the good one", Expected);
    }

    public static async Task<Finding> UptimeAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"a greater uptime {context.Subject.Times.Uptime.TotalSeconds:0.#} s later, in the same boot";
        BootCounters? first = await CountersAsync(context, cancellation);
        await Task.Delay(context.Subject.Times.Uptime, cancellation);
        BootCounters? second = await CountersAsync(context, cancellation);
        if (first is null || second is null)
        {
            return Finding.Fail(NoAnswer, expected);
        }

        return first.BootCount == second.BootCount
            ? Finding.Of(second.UptimeSeconds > first.UptimeSeconds, $"{first.UptimeSeconds} s, then {second.UptimeSeconds} s", expected)
            : Finding.Fail($"boot {first.BootCount}, then boot {second.BootCount}: the board restarts by itself", expected);
    }

    public static async Task<Finding> BootSeedAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "the same seed within a boot, another one after a restart, never all zeros";
        (Boots? boots, Finding? without) = await RestartsAsync(context, Expected, cancellation);
        if (boots is null)
        {
            return without!;
        }

        return boots switch
        {
            _ when boots.Before.BootSeed != boots.Again.BootSeed => Finding.Fail("two seeds within one boot", Expected),
            _ when boots.Before.BootSeed == boots.Restarted.BootSeed || boots.Restarted.BootSeed == boots.PowerCycled.BootSeed => Finding.Fail("the seed of the boot before", Expected),
            _ when boots.Before.BootSeed == 0 || boots.Restarted.BootSeed == 0 => Finding.Fail("a seed of zeros", Expected),
            _ => Finding.Pass("one seed within a boot, three in three boots", Expected),
        };
    }

    public static async Task<Finding> BootCountAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "a higher count after a restart, and a higher one again after switching off and on";
        (Boots? boots, Finding? without) = await RestartsAsync(context, Expected, cancellation);
        return boots is null
            ? without!
            : Finding.Of(
                boots.Before.BootCount < boots.Restarted.BootCount && boots.Restarted.BootCount < boots.PowerCycled.BootCount,
                $"{boots.Before.BootCount}, then {boots.Restarted.BootCount}, then {boots.PowerCycled.BootCount}",
                Expected);
    }

    internal static async Task<BootCounters?> CountersAsync(CheckContext context, CancellationToken cancellation) =>
        (await context.Board.AskAsync(CheckContext.NewChallenge(), cancellation))?.Claims?.Counters;

    private static async Task<(Boots? Boots, Finding? Without)> RestartsAsync(CheckContext context, string expected, CancellationToken cancellation)
    {
        RestartDrill drill = await context.OnceAsync("restarts", () => RestartAsync(context, cancellation));
        return drill switch
        {
            { Obstacle: { } obstacle } => (null, Finding.NotApplicable(obstacle, expected)),
            { Boots: null } => (null, Finding.Fail(NoAnswer, expected)),
            _ => (drill.Boots, null),
        };
    }

    private static async Task<RestartDrill> RestartAsync(CheckContext context, CancellationToken cancellation)
    {
        BootCounters? before = await CountersAsync(context, cancellation);
        BootCounters? again = await CountersAsync(context, cancellation);
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.Restart), cancellation) is { } obstacle)
        {
            return new RestartDrill(obstacle, null);
        }

        BootCounters? restarted = await CountersAsync(context, cancellation);
        string? stays = await context.Board.PerformAsync(new BoardStep(BoardStepKind.SwitchOff), cancellation)
            ?? await context.Board.PerformAsync(new BoardStep(BoardStepKind.SwitchOn), cancellation);
        if (stays is not null)
        {
            return new RestartDrill(stays, null);
        }

        BootCounters? cycled = await CountersAsync(context, cancellation);
        return new RestartDrill(null, before is null || again is null || restarted is null || cycled is null ? null : new Boots(before, again, restarted, cycled));
    }

    private sealed record RestartDrill(string? Obstacle, Boots? Boots);

    private sealed record Boots(BootCounters Before, BootCounters Again, BootCounters Restarted, BootCounters PowerCycled);
}
