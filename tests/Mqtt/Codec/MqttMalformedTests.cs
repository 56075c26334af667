using System.Text;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttMalformedTests
{
    private const string ConnectHead = "00044D515454 04";

    [Theory]
    [InlineData("00 00", MqttDecodeStatus.ReservedPacketType)]
    [InlineData("F0 00", MqttDecodeStatus.ReservedPacketType)]
    [InlineData("00", MqttDecodeStatus.ReservedPacketType)]
    [InlineData("11 00", MqttDecodeStatus.ReservedFlags)]
    [InlineData("21 02 0000", MqttDecodeStatus.ReservedFlags)]
    [InlineData("42 02 0001", MqttDecodeStatus.ReservedFlags)]
    [InlineData("60 02 0001", MqttDecodeStatus.ReservedFlags)]
    [InlineData("63 02 0001", MqttDecodeStatus.ReservedFlags)]
    [InlineData("80 06 0001 0001 61 00", MqttDecodeStatus.ReservedFlags)]
    [InlineData("A0 05 0001 0001 61", MqttDecodeStatus.ReservedFlags)]
    [InlineData("C1 00", MqttDecodeStatus.ReservedFlags)]
    [InlineData("E8 00", MqttDecodeStatus.ReservedFlags)]
    public void Section_2_2_2_reserved_types_and_flags_are_refused_from_the_first_byte(string hex, MqttDecodeStatus expected)
    {
        Assert.Equal(expected, Packets.Decode(Bytes(hex)));
    }

    [Theory]
    [InlineData("30 FFFFFF7F", MqttDecodeStatus.PacketTooLarge)]
    [InlineData("30 FFFFFFFF", MqttDecodeStatus.MalformedRemainingLength)]
    [InlineData("30 80808080", MqttDecodeStatus.MalformedRemainingLength)]
    [InlineData("30 808080", MqttDecodeStatus.NeedMoreData)]
    [InlineData("C0 80808000", MqttDecodeStatus.Ok)]
    public void Section_2_2_3_the_remaining_length_has_at_most_four_bytes(string hex, MqttDecodeStatus expected)
    {
        Assert.Equal(expected, Packets.Decode(Bytes(hex)));
    }

    [Theory]
    [InlineData(302, MqttDecodeStatus.PacketTooLarge)]
    [InlineData(303, MqttDecodeStatus.NeedMoreData)]
    public void A_packet_over_the_limit_is_refused_from_its_header(int maxPacketBytes, MqttDecodeStatus expected)
    {
        // 300 bytes of body and 3 of fixed header.
        Assert.Equal(expected, Packets.Decode(Bytes("30 AC02"), maxPacketBytes));
    }

    [Theory]
    [InlineData("36 05 0001 61 0001", MqttDecodeStatus.InvalidQos)]
    [InlineData("38 03 0001 61", MqttDecodeStatus.DuplicateAtQos0)]
    [InlineData("32 05 0001 61 0000", MqttDecodeStatus.ZeroPacketId)]
    [InlineData("32 03 0001 61", MqttDecodeStatus.Truncated)]
    [InlineData("30 02 0000", MqttDecodeStatus.InvalidTopicName)]
    [InlineData("30 03 0001 2B", MqttDecodeStatus.InvalidTopicName)]
    [InlineData("30 05 0003 612F23", MqttDecodeStatus.InvalidTopicName)]
    [InlineData("30 05 0003 610062", MqttDecodeStatus.InvalidText)]
    [InlineData("30 05 0003 EDA080", MqttDecodeStatus.InvalidText)]
    [InlineData("30 04 0002 C0AF", MqttDecodeStatus.InvalidText)]
    [InlineData("30 03 0001 FF", MqttDecodeStatus.InvalidText)]
    [InlineData("30 03 0002 61", MqttDecodeStatus.Truncated)]
    public void Section_3_3_a_malformed_publish_is_refused(string hex, MqttDecodeStatus expected)
    {
        Assert.Equal(expected, Packets.Decode(Bytes(hex)));
    }

    [Theory]
    [InlineData(2, MqttDecodeStatus.TopicTooLong)]
    [InlineData(3, MqttDecodeStatus.Ok)]
    public void A_topic_over_the_limit_is_refused(int maxTopicBytes, MqttDecodeStatus expected)
    {
        Assert.Equal(expected, Packets.Decode(Bytes("30 05 0003 612F62"), maxTopicBytes: maxTopicBytes));
        Assert.Equal(expected, Packets.Decode(Bytes("82 08 0001 0003 612F62 00"), maxTopicBytes: maxTopicBytes));
    }

    [Theory]
    [InlineData("00044D515458 04 02 003C 0000", MqttDecodeStatus.UnknownProtocolName)]
    [InlineData("00064D5149736470 03 02 003C 0000", MqttDecodeStatus.UnknownProtocolName)]
    [InlineData("00044D515454 03 02 003C 0000", MqttDecodeStatus.UnacceptableProtocolLevel)]
    [InlineData("00044D515454 05 02 003C 00 0000", MqttDecodeStatus.UnacceptableProtocolLevel)]
    [InlineData(ConnectHead + "03 003C 0000", MqttDecodeStatus.ReservedConnectFlag)]
    [InlineData(ConnectHead + "0A 003C 0000", MqttDecodeStatus.InconsistentWillFlags)]
    [InlineData(ConnectHead + "22 003C 0000", MqttDecodeStatus.InconsistentWillFlags)]
    [InlineData(ConnectHead + "1E 003C 0000 0001 61 0000", MqttDecodeStatus.InvalidQos)]
    [InlineData(ConnectHead + "42 003C 0000 0001 61", MqttDecodeStatus.PasswordWithoutUserName)]
    [InlineData(ConnectHead + "06 003C 0000 0001 23 0000", MqttDecodeStatus.InvalidTopicName)]
    [InlineData(ConnectHead + "06 003C 0000", MqttDecodeStatus.Truncated)]
    [InlineData(ConnectHead + "02 003C 0001 00", MqttDecodeStatus.InvalidText)]
    [InlineData(ConnectHead + "82 003C 0000 0001 C3", MqttDecodeStatus.InvalidText)]
    [InlineData(ConnectHead + "02 003C 0000", MqttDecodeStatus.Ok)]
    public void Section_3_1_a_malformed_connect_is_refused(string hex, MqttDecodeStatus expected)
    {
        byte[] body = Bytes(hex);

        Assert.Equal(expected, Packets.Decode([0x10, (byte)body.Length, .. body]));
    }

    [Theory]
    [InlineData("82 02 0001", MqttDecodeStatus.NoTopicFilter)]
    [InlineData("A2 02 0001", MqttDecodeStatus.NoTopicFilter)]
    [InlineData("82 06 0000 0001 61 00", MqttDecodeStatus.ZeroPacketId)]
    [InlineData("82 06 0001 0001 61 03", MqttDecodeStatus.InvalidQos)]
    [InlineData("82 06 0001 0001 61 04", MqttDecodeStatus.ReservedSubscriptionBits)]
    [InlineData("82 05 0001 0001 61", MqttDecodeStatus.Truncated)]
    [InlineData("82 05 0001 0000 00", MqttDecodeStatus.InvalidTopicFilter)]
    [InlineData("A2 07 0001 0003 612B62", MqttDecodeStatus.InvalidTopicFilter)]
    [InlineData("90 02 0001", MqttDecodeStatus.Truncated)]
    [InlineData("90 03 0001 03", MqttDecodeStatus.InvalidReturnCode)]
    [InlineData("90 03 0001 81", MqttDecodeStatus.InvalidReturnCode)]
    [InlineData("20 02 0200", MqttDecodeStatus.InvalidReturnCode)]
    [InlineData("20 02 0006", MqttDecodeStatus.InvalidReturnCode)]
    [InlineData("20 02 0101", MqttDecodeStatus.InvalidReturnCode)]
    [InlineData("40 02 0000", MqttDecodeStatus.ZeroPacketId)]
    [InlineData("62 02 0000", MqttDecodeStatus.ZeroPacketId)]
    [InlineData("B0 02 0000", MqttDecodeStatus.ZeroPacketId)]
    public void Malformed_subscriptions_and_acknowledgements_are_refused(string hex, MqttDecodeStatus expected)
    {
        Assert.Equal(expected, Packets.Decode(Bytes(hex)));
    }

    [Theory]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("/", true)]
    [InlineData("a/+/b", true)]
    [InlineData("a/#", true)]
    [InlineData("+/+/#", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("#/", false)]
    [InlineData("a+", false)]
    [InlineData("+a", false)]
    [InlineData("a/b+/c", false)]
    public void Section_4_7_1_wildcards_fill_a_level(string filter, bool isValid)
    {
        Assert.Equal(isValid, MqttTopic.IsValidFilter(Encoding.UTF8.GetBytes(filter)));
    }

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b/c", "a/b", false)]
    public void Section_4_7_filters_match_as_the_specification_says(string filter, string topic, bool matches)
    {
        Assert.Equal(matches, MqttTopic.Matches(filter, topic));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
