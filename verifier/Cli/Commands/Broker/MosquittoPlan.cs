using System.Net;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>What the configuration of a mosquitto is made from.</summary>
/// <param name="Listen">Where boards and the verifier connect.</param>
/// <param name="Certificate">Path of a PEM file with the chain and the private key; null for plain MQTT.</param>
/// <param name="Queue">Messages that are kept for a verifier that is away.</param>
/// <param name="Account">The account that mosquitto takes when root starts it; null for its own default.</param>
internal sealed record MosquittoPlan(IPEndPoint Listen, string? Certificate, long Queue, string? Account);
