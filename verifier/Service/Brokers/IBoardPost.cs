namespace IotAttest.Service.Brokers;

/// <summary>Takes what the verifier says to boards and does not wait: what finds no place is counted and lost. Challenges are made anew, and a board that misses a result repeats its evidence.</summary>
internal interface IBoardPost
{
    /// <param name="topic">The MQTT topic.</param>
    /// <param name="payload">The whole message.</param>
    /// <param name="retain">True for what a board that subscribes later must still get.</param>
    void Post(string topic, ReadOnlyMemory<byte> payload, bool retain = false);
}
