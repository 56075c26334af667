using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent.Tests;

/// <summary>What comes in while the agent is busy.</summary>
public sealed class InboxTests : IDisposable
{
    private readonly AutoResetEvent _signal = new(false);

    public void Dispose() => _signal.Dispose();

    [Fact]
    public void Of_the_challenges_that_come_while_measuring_only_the_newest_is_taken()
    {
        Inbox inbox = Create();

        inbox.OnPublishReceived(this, Message("challenge", Filled(1)));
        inbox.OnPublishReceived(this, Message("challenge", Filled(2)));

        Assert.True(_signal.WaitOne(0));
        Assert.True(inbox.HasQuestion);
        Assert.Equal(Filled(2), inbox.TakeQuestion());
        Assert.False(inbox.HasQuestion);
        Assert.Null(inbox.TakeQuestion());
    }

    [Fact]
    public void A_message_on_another_topic_is_neither_challenge_nor_result()
    {
        Inbox inbox = Create();

        inbox.OnPublishReceived(this, Message("other", Filled(1)));

        Assert.Null(inbox.TakeQuestion());
        Assert.Null(inbox.TakeResult());
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_result_has_at_most_4096_bytes(int length, bool expected)
    {
        Inbox inbox = Create();

        inbox.OnPublishReceived(this, Message("result", new byte[length]));

        Assert.Equal(expected, inbox.TakeResult() is not null);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void An_epoch_marker_has_1_to_2048_bytes_and_may_be_retained(int length, bool expected)
    {
        Inbox inbox = new(_signal, "epoch", "result", isEpoch: true);

        inbox.OnPublishReceived(this, new MqttMsgPublishEventArgs("epoch", new byte[length], false, MqttQoSLevel.AtLeastOnce, true));

        Assert.Equal(expected, inbox.HasQuestion);
    }

    [Fact]
    public void A_publication_that_the_library_gave_up_counts_as_not_acknowledged()
    {
        Inbox inbox = Create();

        inbox.OnPublished(this, new MqttMsgPublishedEventArgs(7, false));
        Assert.False(inbox.IsAcknowledged(7));

        inbox.OnPublished(this, new MqttMsgPublishedEventArgs(7, true));
        Assert.True(inbox.IsAcknowledged(7));
        Assert.False(inbox.IsAcknowledged(8));
    }

    [Theory]
    [InlineData(7, 6, 7)]
    [InlineData(7, 8, 8)]
    [InlineData(65535, 1, 1)]
    public void A_second_acknowledgement_of_an_earlier_publication_does_not_hide_the_latest(int first, int second, int latest)
    {
        Inbox inbox = Create();
        for (int id = 20_000; id < first; id += 20_000)
        {
            inbox.OnPublished(this, new MqttMsgPublishedEventArgs((ushort)id, true));
        }

        inbox.OnPublished(this, new MqttMsgPublishedEventArgs((ushort)first, true));
        inbox.OnPublished(this, new MqttMsgPublishedEventArgs((ushort)second, true));

        Assert.True(inbox.IsAcknowledged(latest));
    }

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 32)];

    private static MqttMsgPublishEventArgs Message(string topic, byte[] bytes) => new(topic, bytes, false, MqttQoSLevel.AtLeastOnce, false);

    private Inbox Create() => new(_signal, "challenge", "result", isEpoch: false);
}
