using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Demo;

/// <summary>Everything before the boards are switched on: products, builds, certificates, enrolment.</summary>
internal sealed class DemoSetting(DemoRegistry registry, DemoFleet fleet, IDemoStage stage)
{
    public const string Older = "1.1.0";
    public const string Current = "1.2.0";

    private const ulong OlderSecurityVersion = 2;
    private const ulong CurrentSecurityVersion = 3;

    private const string ForMeasuredFlash = "substantial";
    private const string ForInventory = "basic";

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        DemoProduct esp32 = DemoProduct.Mint("S3", "Thermostat S3", "ESP32_S3_QUAD");
        DemoProduct stm32 = DemoProduct.Mint("F7", "Thermostat F7", "ST_STM32F769I_DISCOVERY");
        DemoProduct stock = DemoProduct.Mint("C6", "Thermostat C6", "ESP32_C6_THREAD");
        stage.Tell("1. Two organisations register their keys: acme (manufacturer) and demo-cb (certification body).");
        stage.Tell("   Shows who may sign what. Who they really are, the operator has to know.");
        stage.Tell($"2. acme signs build manifests for {Older} and {Current}: the digest of every measured flash region. demo-cb certifies them");
        stage.Tell("   (made-up scheme 'demo', level substantial; only basic for C6, which reports an inventory and cannot measure).");
        stage.Tell("   Shows which bytes are meant, not that they are good.");
        await PublishAsync($"S3-{Older}", esp32.ManifestOf(Older, OlderSecurityVersion), ForMeasuredFlash, cancellation);
        await PublishAsync($"S3-{Current}", esp32.ManifestOf(Current, CurrentSecurityVersion), ForMeasuredFlash, cancellation);
        await PublishAsync($"F7-{Current}", stm32.ManifestOf(Current, CurrentSecurityVersion), ForMeasuredFlash, cancellation);
        Sha256Digest inventory = Sha256Digest.Of(stock.InventoryOf(Current).ToBytes());
        await PublishAsync($"C6-{Current}", stock.InventoryManifestOf(Current, CurrentSecurityVersion, inventory), ForInventory, cancellation);
        fleet.AddNative(esp32, Current, 8);
        fleet.AddNative(stm32, Current, 3);
        fleet.AddSelfReported(stock, Current);
        await registry.EnrolAsync(fleet.Records, cancellation);
        stage.Tell($"3. {fleet.Boards.Count} boards are enrolled: each has its own key (HMAC or P-256) and its own MQTT credential.");
        stage.Tell("");
    }

    private async Task PublishAsync(string name, BuildManifest manifest, string level, CancellationToken cancellation)
    {
        SignedCorim signed = await registry.SubmitAsync(name, manifest, cancellation);
        await registry.CertifyAsync(name, signed, manifest, level, cancellation);
    }
}
