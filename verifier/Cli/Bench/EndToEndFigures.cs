namespace IotAttest.Cli.Bench;

/// <summary>Over MQTT, verdict durable, load generator on the same machine.</summary>
/// <remarks>Latency ends with the PUBACK of the verifier's own endpoint; behind a broker, whose PUBACK says nothing of a verdict, with the signed result.</remarks>
/// <param name="Key">ES256 or HMAC.</param>
/// <param name="Setting">Way in and engine.</param>
/// <param name="Full">As many as are answered.</param>
/// <param name="Half">At half of that rate.</param>
/// <param name="OfLimit">Ratio of the full rate to what both cores could verify if they did nothing else.</param>
/// <param name="CpuSeconds">Processor time that the verifier takes for one, at the full rate.</param>
/// <param name="GeneratorCpuSeconds">Processor time that the load generator takes for one at that rate, on the same cores.</param>
/// <param name="DatabaseGrowthBytes">How much the database grew during both runs, which only confirm.</param>
internal sealed record EndToEndFigures(string Key, string Setting, LoadReport Full, LoadReport Half, double OfLimit, double CpuSeconds, double GeneratorCpuSeconds, long DatabaseGrowthBytes);
