using System.Net;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>What the configuration of RabbitMQ is made from.</summary>
/// <param name="Nodes">Names of all nodes, <c>rabbit@host</c>; empty for one that stands alone.</param>
/// <param name="Mqtt">Where boards connect.</param>
/// <param name="Amqp">Where verifiers connect.</param>
/// <param name="Metrics">Where RabbitMQ tells its own figures, in plain.</param>
/// <param name="Verifier">Where nodes ask who may log in.</param>
/// <param name="Certificate">Path of a PEM file with the certificate and the private key; null for plain MQTT and AMQP.</param>
/// <param name="Root">Path of the root that signed it.</param>
internal sealed record RabbitPlan(IReadOnlyList<string> Nodes, IPEndPoint Mqtt, IPEndPoint Amqp, IPEndPoint Metrics, Uri Verifier, string? Certificate, string? Root);
