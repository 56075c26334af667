using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Boards;

/// <summary>What board.json says about a board or a product model (schema: hardware/board.schema.json). Checked: made by <see cref="BoardJson.TryRead"/>.</summary>
/// <param name="Name">For people, 1 to 64 characters.</param>
/// <param name="Target">The nanoff target, such as <c>ESP32_S3_QUAD</c>.</param>
/// <param name="Class">The product model; null in a template. Evidence carries it as hwmodel, 16 bytes in network order
/// (<c>Class.ToByteArray(bigEndian: true)</c>).</param>
/// <param name="OemId">The manufacturer; null in a template.</param>
/// <param name="FlashSize">Bytes of flash, at most 256 MiB.</param>
/// <param name="FlashBase">Where the chip maps the first byte of flash; 0 where programmers count from the start of flash (ESP32).</param>
/// <param name="DeployAddress">The offset of the deployment region, counted from the start of flash.</param>
/// <param name="Regions">1 to 32 regions in the order of the file; <c>clr</c> and <c>deployment</c> are among them and measured.</param>
/// <param name="KeyStorage">Where the attestation key lives, such as <c>efuse-hmac</c>.</param>
/// <param name="SecureBoot">What checks the first image, such as <c>esp-secure-boot-v2</c>; <c>none</c> where nothing does.</param>
public sealed record BoardDescription(
    string Name,
    string Target,
    Guid? Class,
    BoardOemId? OemId,
    uint FlashSize,
    uint FlashBase,
    uint DeployAddress,
    IReadOnlyList<BoardRegion> Regions,
    string KeyStorage,
    string SecureBoot)
{
    private static readonly string[] HardwareKeys = ["efuse-hmac", "efuse-ecdsa", "secure-element"];

    /// <summary>The most that evidence of such a board can be worth (DESIGN.md section 3): hardware-rooted only with a key that no software
    /// reads and with secure boot; self-reported when the key lies in the file system.</summary>
    public EvidenceStrength StrongestEvidence => KeyStorage switch
    {
        "file-system" => EvidenceStrength.SelfReported,
        _ => HardwareKeys.Contains(KeyStorage) && SecureBoot != "none" ? EvidenceStrength.HardwareRooted : EvidenceStrength.Native,
    };

    /// <summary>The regions that are measured, in the order of the file.</summary>
    public IEnumerable<BoardRegion> Measured => Regions.Where(region => region.Measured);

    /// <summary>The address a programmer is told for the deployment: <c>nanoff --address</c>.</summary>
    public long ProgrammingAddress => (long)FlashBase + DeployAddress;

    /// <summary>True when boot loader, partition table and nanoCLR are in the formats of ESP-IDF: an ESP32 target, or a board with a partition table.</summary>
    public bool UsesEspFormats => EspChip.IsEspTarget(Target) || Find(RegionNames.Partitions) is not null;

    /// <summary>The region of that name, or null.</summary>
    public BoardRegion? Find(string name) => Regions.FirstOrDefault(region => region.Name == name);
}
