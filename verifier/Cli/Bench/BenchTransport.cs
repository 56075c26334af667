namespace IotAttest.Cli.Bench;

/// <summary>What the boards connect to.</summary>
internal enum BenchTransport
{
    /// <summary>The verifier itself; its PUBACK says that the verdict is durable.</summary>
    Embedded,

    /// <summary>A Mosquitto on this machine; only the signed result says that the verdict is durable.</summary>
    Mosquitto,

    /// <summary>A RabbitMQ node on this machine; here too only the signed result says that the verdict is durable.</summary>
    Rabbit,
}
