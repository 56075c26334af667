using System.Threading.Tasks.Sources;

namespace IotAttest.Mqtt;

/// <summary>One packet identifier of the client and who waits for its acknowledgement. Reused with its identifier, so a publish costs no task.</summary>
internal sealed class PendingAcknowledgement(PendingAcknowledgements owner, ushort packetId) : IValueTaskSource<byte[]>
{
    // Continuations run elsewhere: the reader must not execute the publisher's code.
    private ManualResetValueTaskSourceCore<byte[]> _source = new() { RunContinuationsAsynchronously = true };

    public ushort PacketId => packetId;

    /// <summary>The packet type that comes next for this identifier; 0 when it is not in use.</summary>
    public MqttPacketType Awaited { get; set; }

    public ValueTask<byte[]> Task => new(this, _source.Version);

    public void Succeed(byte[] returnCodes) => _source.SetResult(returnCodes);

    public void Fail(Exception exception) => _source.SetException(exception);

    public byte[] GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
            owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
