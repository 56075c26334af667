using System.Threading.Channels;

namespace IotAttest.Conformance.Tests;

/// <summary>Changes what the board says, or what it hears.</summary>
internal sealed class FaultyLink : IBoardLink
{
    private readonly IBoardLink _inner;
    private readonly Channel<BoardMessage> _messages = Channel.CreateUnbounded<BoardMessage>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _pump;

    public FaultyLink(IBoardLink inner)
    {
        _inner = inner;
        _pump = PumpAsync();
    }

    /// <summary>What becomes of evidence; null for nothing at all.</summary>
    public Func<byte[], byte[]?> Evidence { get; init; } = static bytes => bytes;

    /// <summary>What becomes of a challenge on its way to the board.</summary>
    public Func<string, byte[], (string Topic, byte[] Payload)> Challenge { get; init; } = static (topic, payload) => (topic, payload);

    public ChannelReader<BoardMessage> Messages => _messages.Reader;

    public bool BoardConnectsHere => _inner.BoardConnectsHere;

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        (string other, byte[] changed) = Challenge(topic, payload.ToArray());
        return _inner.PublishAsync(other, changed, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pump;
        _end.Dispose();
    }

    private async Task PumpAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                BoardMessage message = await _inner.Messages.ReadAsync(_end.Token);
                byte[]? payload = message.IsEvidence ? Evidence(message.Payload) : message.Payload;
                if (payload is not null)
                {
                    _messages.Writer.TryWrite(message with { Payload = payload });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }
}
