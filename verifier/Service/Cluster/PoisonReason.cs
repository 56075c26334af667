namespace IotAttest.Service.Cluster;

/// <summary>Why a verifier put a message into the dead-letter queue; RabbitMQ's own reason stands in <c>x-first-death-reason</c>.</summary>
internal enum PoisonReason
{
    /// <summary>Its routing key is none that a board writes: somebody else publishes here.</summary>
    WrongTopic = 0,

    /// <summary>Longer than any evidence by far.</summary>
    TooLarge = 1,
}
