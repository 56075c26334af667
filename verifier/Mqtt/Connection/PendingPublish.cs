using System.Runtime.CompilerServices;

namespace IotAttest.Mqtt;

/// <summary>A received message whose handler is still at work. Reused, so that a message costs no task.</summary>
internal sealed class PendingPublish
{
    private readonly InboundPublishes _owner;
    private readonly Action _completed;
    private ValueTaskAwaiter<MqttPublishOutcome> _awaiter;

    public PendingPublish(InboundPublishes owner)
    {
        _owner = owner;
        _completed = OnCompleted;
    }

    public ushort PacketId { get; private set; }

    public MqttQualityOfService Qos { get; private set; }

    public MqttPublishOutcome Outcome { get; private set; }

    public bool IsDone { get; set; }

    public void Prepare(ushort packetId, MqttQualityOfService qos)
    {
        PacketId = packetId;
        Qos = qos;
        IsDone = false;
    }

    public void Await(ValueTask<MqttPublishOutcome> handling)
    {
        _awaiter = handling.GetAwaiter();
        if (_awaiter.IsCompleted)
        {
            OnCompleted();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_completed);
        }
    }

    private void OnCompleted()
    {
        Exception? failure = null;
        try
        {
            Outcome = _awaiter.GetResult();
        }
        catch (Exception exception)
        {
            // Whatever the application throws ends this one connection; nobody else would observe it on this thread.
            Outcome = MqttPublishOutcome.Disconnect;
            failure = exception;
        }

        _awaiter = default;
        _owner.Finish(this, failure);
    }
}
