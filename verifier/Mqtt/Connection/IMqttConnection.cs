namespace IotAttest.Mqtt;

/// <summary>What the parts of a connection need from the whole; the device endpoint and the client are the two wholes.</summary>
internal interface IMqttConnection
{
    bool IsClosed { get; }

    /// <summary>Takes one packet.</summary>
    /// <returns>False when the connection is to end.</returns>
    bool HandlePacket(MqttFrame frame);

    /// <summary>Hands a received message to the application.</summary>
    ValueTask<MqttPublishOutcome> DeliverAsync(MqttMessage message);

    /// <summary>A slot or queue space became free: a paused reader may go on.</summary>
    void OnProgress();

    /// <summary>Ends the connection; the first reason is the one that counts.</summary>
    void Close(MqttCloseReason reason, Exception? cause = null);
}
