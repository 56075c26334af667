using System.Diagnostics;
using System.Globalization;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Questions to a board, its answers, and steps in between.</summary>
internal sealed class BoardConversation(IBoardLink link, IBoardControl control, string ueid, ConformanceTimes times)
{
    private readonly HashSet<string> _known = [];
    private int _answers;
    private bool _hasBegun;

    /// <summary>How often the board sent evidence that it had sent before: a repetition, no answer.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Sends a challenge and waits for the next new evidence, whatever it answers.</summary>
    /// <returns>Null when none came in time.</returns>
    public async Task<EvidenceSample?> AskAsync(byte[] challenge, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        Drain();
        await link.PublishAsync(Topics.Challenge(ueid), challenge, cancellation);
        return await NextAsync(challenge, times.Answer, cancellation);
    }

    /// <summary>Publishes something that deserves no answer, and listens for one.</summary>
    public async Task<EvidenceSample?> ProvokeAsync(string topic, byte[] payload, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        Drain();
        await link.PublishAsync(topic, payload, cancellation);
        return await NextAsync(null, times.Quiet, cancellation);
    }

    /// <summary>Has a step done and waits until the board is back.</summary>
    /// <returns>Null when it is done, else why not.</returns>
    public async Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        Drain();
        string? obstacle = await control.PerformAsync(step, cancellation);
        if (obstacle is null && Restarts(step.Kind))
        {
            await AwaitHelloAsync(cancellation);
        }

        return obstacle;
    }

    // What a board without keys has to say is not waited for, and one that is off or runs on says nothing new.
    private static bool Restarts(BoardStepKind kind) =>
        kind is not (BoardStepKind.SwitchOff or BoardStepKind.ChangeBitWhileRunning or BoardStepKind.EraseKeys);

    private async Task BeginAsync(CancellationToken cancellation)
    {
        if (!_hasBegun && link.BoardConnectsHere)
        {
            await AwaitHelloAsync(cancellation);
        }

        _hasBegun = true;
    }

    private void Drain()
    {
        while (link.Messages.TryRead(out BoardMessage? message))
        {
            if (message.IsEvidence)
            {
                _known.Add(Convert.ToBase64String(message.Payload));
            }
        }
    }

    private async Task AwaitHelloAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (await ReadAsync(times.Reconnect - Stopwatch.GetElapsedTime(start), cancellation) is { } message)
        {
            if (!message.IsEvidence)
            {
                return;
            }
        }
    }

    private async Task<EvidenceSample?> NextAsync(byte[]? challenge, TimeSpan wait, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (await ReadAsync(wait - Stopwatch.GetElapsedTime(start), cancellation) is { } message)
        {
            if (!message.IsEvidence)
            {
                continue;
            }

            if (_known.Add(Convert.ToBase64String(message.Payload)))
            {
                return new EvidenceSample(string.Create(CultureInfo.InvariantCulture, $"answer {++_answers}"), message.Payload, challenge);
            }

            Repetitions++;
        }

        return null;
    }

    private async Task<BoardMessage?> ReadAsync(TimeSpan wait, CancellationToken cancellation)
    {
        if (link.Messages.TryRead(out BoardMessage? message))
        {
            return message;
        }

        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        try
        {
            return await link.Messages.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
