using System.IO.Pipelines;

namespace IotAttest.Mqtt.Tests;

public sealed class OutboundQueueTests
{
    [Fact]
    public async Task Who_stops_the_queue_between_an_answer_and_its_flush_waits_until_it_is_written()
    {
        Pipe pipe = new();
        OutboundQueue queue = New(pipe);

        queue.EnqueueUnflushed(MqttOutboundPacket.PublishAcknowledgement(7));
        Task stopped = queue.StopAsync(discard: false);
        Assert.False(stopped.IsCompleted);
        queue.Flush();
        await stopped;

        Assert.Equal([0x40, 0x02, 0x00, 0x07], await WrittenAsync(pipe));
    }

    [Fact]
    public async Task While_the_reader_holds_the_queue_a_flush_waits_for_it_and_answers_leave_together()
    {
        Pipe pipe = new();
        OutboundQueue queue = New(pipe);

        queue.Cork();
        queue.EnqueueUnflushed(MqttOutboundPacket.PublishAcknowledgement(1));
        queue.Flush();
        Assert.False(pipe.Reader.TryRead(out _));
        queue.EnqueueReply(MqttOutboundPacket.PublishAcknowledgement(2));
        queue.Uncork();

        Assert.Equal([0x40, 0x02, 0x00, 0x01, 0x40, 0x02, 0x00, 0x02], await WrittenAsync(pipe));
    }

    private static OutboundQueue New(Pipe pipe) => new(pipe.Writer, new Peer(), capacity: 8, congestedAt: 8, TimeProvider.System);

    private static async Task<byte[]> WrittenAsync(Pipe pipe)
    {
        ReadResult read = await pipe.Reader.ReadAsync();
        return System.Buffers.BuffersExtensions.ToArray(read.Buffer);
    }

    private sealed class Peer : IMqttConnection
    {
        public bool IsClosed => false;

        public bool HandlePacket(MqttFrame frame) => true;

        public ValueTask<MqttPublishOutcome> DeliverAsync(MqttMessage message) => ValueTask.FromResult(MqttPublishOutcome.Acknowledge);

        public void OnProgress()
        {
        }

        public void Close(MqttCloseReason reason, Exception? cause = null)
        {
        }
    }
}
