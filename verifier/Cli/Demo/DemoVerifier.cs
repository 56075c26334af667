using IotAttest.Cli.Failures;
using IotAttest.Cli.Hosting;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Demo;

/// <summary>Starts the verifier of the demo: at the usual addresses, or at free ones when those are taken.</summary>
internal static class DemoVerifier
{
    private static readonly VerifierOptions Usual = new() { AttestEvery = DemoNames.AttestEvery, SilenceGrace = DemoNames.SilenceGrace, Mqtts = null };

    public static async Task<RunningVerifier> StartAsync(string dataDirectory, IDemoStage stage, CancellationToken cancellation)
    {
        VerifierOptions usual = Usual with { DataDirectory = dataDirectory };
        try
        {
            return await RunningVerifier.StartAsync(usual, VerifierLogging.ToNowhere, cancellation);
        }
        catch (CliException)
        {
            // Tried once more with any free ports; whatever else was wrong is wrong again and ends the demo.
            RunningVerifier verifier = await RunningVerifier.StartAsync(usual with { Http = "127.0.0.1:0", Mqtt = "127.0.0.1:0" }, VerifierLogging.ToNowhere, cancellation);
            stage.Tell($"Port 8080 or 1883 is taken on this machine; the verifier listens on {verifier.Http.Authority} and {verifier.Mqtt} instead.");
            return verifier;
        }
    }
}
