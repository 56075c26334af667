using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Boards;
using IotAttest.Simulator;

namespace IotAttest.Cli.Demo;

/// <summary>What happens to the boards, step by step; each step waits until the verifier says what it should.</summary>
internal sealed class DemoStory(DemoFleet fleet, FleetWatch watch, IDemoStage stage, bool appliesTampering)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(18);

    private DemoBoard Tampered => fleet["S3-04"];

    private DemoBoard RolledBack => fleet["S3-07"];

    private DemoBoard Silent => fleet["F7-02"];

    /// <summary>Tells the whole story.</summary>
    /// <returns>False when a board was not what it should be in time; the story stops there.</returns>
    public async Task<bool> TellAsync(CancellationToken cancellation) =>
        await SwitchOnAsync(cancellation)
        && await TamperAsync(cancellation)
        && await RestoreAsync(cancellation)
        && await RollBackAsync(cancellation)
        && await FallSilentAsync(cancellation);

    private async Task<bool> SwitchOnAsync(CancellationToken cancellation)
    {
        stage.Tell("4. The boards are switched on, measure their flash and answer the verifier's challenges over MQTT.");
        fleet.SwitchOn();
        return await SeenAsync($"All {fleet.Boards.Count} boards are Conformant. Shows that flash held the certified bytes when the challenge came;",
            "it does not show what the processor executes. That needs the native module and secure boot on a real chip.", cancellation);
    }

    private async Task<bool> TamperAsync(CancellationToken cancellation)
    {
        stage.Tell($"5. Somebody flips one bit in the application on {Tampered.Name} and restarts it (a board whose flash changes while it runs");
        stage.Tell("   sends no evidence at all).");
        if (appliesTampering)
        {
            Flip(Tampered.Board);
        }

        Tampered.Expect(Conformity.Compromised, Drift.UnknownMeasurement);
        return await SeenAsync($"{Tampered.Name}, and only it, is Compromised (UnknownMeasurement). Shows that one bit is enough;",
            "it does not show what the change does, or who made it.", cancellation);
    }

    private async Task<bool> RestoreAsync(CancellationToken cancellation)
    {
        stage.Tell($"6. The intruder puts the old bytes back into {Tampered.Name} and restarts it.");
        Tampered.Board.Stop();
        if (appliesTampering)
        {
            Tampered.Board.FlashRegion(RegionNames.Deployment, DemoProduct.DeploymentOf(DemoSetting.Current));
        }

        Tampered.Board.Start();
        bool isSeen = await watch.WaitUntilAsync(() => watch.RowOf(Tampered)?.Build == DemoSetting.Current && watch.Differences.Count == 0, Patience, cancellation);
        return await EndStepAsync(isSeen, $"{Tampered.Name} reports the certified build again and stays Compromised: what ran in between is unknown.",
            "The mark goes only when acme signs for the strange bytes; covering one's tracks does not help.", cancellation);
    }

    private async Task<bool> RollBackAsync(CancellationToken cancellation)
    {
        stage.Tell($"7. {RolledBack.Name} is flashed with {DemoSetting.Older}: signed by acme, certified, but older than what the board ran.");
        RolledBack.Board.Stop();
        RolledBack.Board.FlashRegion(RegionNames.Deployment, DemoProduct.DeploymentOf(DemoSetting.Older));
        RolledBack.Board.Start();
        RolledBack.Expect(Conformity.Drifted, Drift.Rollback);
        return await SeenAsync($"{RolledBack.Name} is Drifted (Rollback). Shows that a valid certificate is not enough: old weaknesses must not come back.",
            "It shows drift, not an attack; flashing the current build ends it.", cancellation);
    }

    private async Task<bool> FallSilentAsync(CancellationToken cancellation)
    {
        stage.Tell($"8. {Silent.Name} loses power. No message says so; the clock does.");
        Silent.Board.Stop();
        Silent.Expect(Conformity.Stale, Drift.StaleEvidence);
        return await SeenAsync($"{Silent.Name} is Stale (StaleEvidence): a good answer of the past counts for a limited time only.",
            "It does not show why the board is silent: power, network, or somebody who hides it.", cancellation);
    }

    private async Task<bool> SeenAsync(string shown, string limit, CancellationToken cancellation) =>
        await EndStepAsync(await watch.WaitUntilAsync(() => watch.Differences.Count == 0, Patience, cancellation), shown, limit, cancellation);

    private async Task<bool> EndStepAsync(bool isSeen, string shown, string limit, CancellationToken cancellation)
    {
        if (!isSeen)
        {
            return false;
        }

        stage.Tell($"   {shown}");
        stage.Tell($"   {limit}");
        stage.Tell("");
        if (stage.ReadingTime > TimeSpan.Zero)
        {
            await watch.WaitUntilAsync(() => false, stage.ReadingTime, cancellation);
        }

        return true;
    }

    private static void Flip(SimulatedBoard board)
    {
        byte[] deployment = DemoProduct.DeploymentOf(DemoSetting.Current);
        int middle = deployment.Length / 2;
        board.WriteFlash(RegionNames.Deployment, middle, [(byte)(deployment[middle] ^ 1)]);
        board.Reboot();
    }
}
