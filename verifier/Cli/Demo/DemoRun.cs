using IotAttest.Cli.Hosting;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Demo;

/// <summary>One run of the demo from an empty folder to the last table.</summary>
internal sealed class DemoRun(DemoOptions options, IDemoStage stage)
{
    /// <summary>Everything is cleaned up when this returns, however it ends.</summary>
    public async Task<DemoOutcome> RunAsync(CancellationToken cancellation)
    {
        using DemoFolder folder = DemoFolder.Open(options.DataDirectory);
        DemoText.Introduce(stage);
        await using RunningVerifier verifier = await DemoVerifier.StartAsync(folder.Verifier, stage, cancellation);
        using VerifierClient operatorClient = new(verifier.Http, verifier.OperatorToken);
        using DemoOrganisation manufacturer = await DemoOrganisation.RegisterAsync(operatorClient, verifier.Http, DemoNames.Manufacturer, "manufacturer", cancellation);
        using DemoOrganisation body = await DemoOrganisation.RegisterAsync(operatorClient, verifier.Http, DemoNames.Body, "body", cancellation);
        using DemoFleet fleet = new(folder.Boards, verifier.Mqtt!);
        FleetWatch watch = new(operatorClient, fleet, stage);
        DemoSetting setting = new(new DemoRegistry(manufacturer, body, folder.Files, TimeProvider.System), fleet, stage);
        await setting.PrepareAsync(cancellation);
        await watch.ReadBuildsAsync(cancellation);
        DemoText.ShowAddresses(stage, verifier, fleet.Boards[0].Ueid, options.DataDirectory is not null);
        return await TellAsync(verifier, fleet, watch, cancellation);
    }

    private async Task<DemoOutcome> TellAsync(RunningVerifier verifier, DemoFleet fleet, FleetWatch watch, CancellationToken cancellation)
    {
        DemoStory story = new(fleet, watch, stage, options.AppliesTampering);
        try
        {
            bool isAsExpected = await story.TellAsync(cancellation);
            if (!options.EndsByItself)
            {
                DemoText.ShowAddresses(stage, verifier, fleet.Boards[0].Ueid, options.DataDirectory is not null);
                stage.Tell("The boards go on attesting. Press Ctrl-C to stop.");
                await watch.WaitUntilAsync(() => false, TimeSpan.MaxValue, cancellation);
            }

            return new DemoOutcome(watch.Rows, isAsExpected ? [] : watch.Differences);
        }
        catch (OperationCanceledException) when (!options.EndsByItself)
        {
            // Ctrl-C is how this demo ends.
            return new DemoOutcome(watch.Rows, []);
        }
    }
}
