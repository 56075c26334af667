using System.Threading.Channels;

namespace IotAttest.Conformance;

/// <summary>The way to one board and back: the tool plays the verifier's side of the topics of docs/protocol.md.</summary>
public interface IBoardLink : IAsyncDisposable
{
    /// <summary>What the board published, in the order of arrival.</summary>
    ChannelReader<BoardMessage> Messages { get; }

    /// <summary>True when the board connects to the tool: it is there once it said hello. Behind a broker it may have said so long ago.</summary>
    bool BoardConnectsHere { get; }

    /// <summary>Publishes to a topic that the board may have subscribed to. A board that is not there gets nothing, which is no fault.</summary>
    /// <exception cref="BoardLinkException">The broker is gone.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}
