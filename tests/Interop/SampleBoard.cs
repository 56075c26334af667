using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Interop.Tests;

/// <summary>A small board: three regions, one of them no multiple of a step, and an HMAC key.</summary>
internal static class SampleBoard
{
    public const int ClrOffset = 0x2000;
    public const int DeploymentOffset = 0x7000;
    public const int DeploymentBytes = 0x5000;
    public const int FlashBytes = 0xD000;
    public const int StepBytes = 4096;
    public const int OemNumber = 32473;

    private const int ClrBytes = 0x4E01;
    private const int BootloaderBytes = 0x1800;

    public static readonly byte[] Key = Convert.FromHexString("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
    public static readonly byte[] UeidBytes = Convert.FromHexString("01f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    public static readonly Guid ClassId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    public static readonly (string Name, int Offset, int Length)[] Regions =
    [
        ("bootloader", 0, BootloaderBytes),
        ("clr", ClrOffset, ClrBytes),
        ("deployment", DeploymentOffset, DeploymentBytes),
    ];

    public static byte[] Nonce { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Random content whose deployment ends in erased bytes, the same in every run.</summary>
    public static byte[] Flash()
    {
        byte[] flash = new byte[FlashBytes];
        new Random(7).NextBytes(flash);
        flash.AsSpan(DeploymentOffset + (DeploymentBytes / 2), DeploymentBytes / 2).Fill(0xFF);
        return flash;
    }

    /// <summary>A board that is set up and has booted.</summary>
    public static HostBoard Booted(string program, byte[]? flash = null)
    {
        HostBoard board = Configured(program, flash ?? Flash(), Regions.Select(region => $"region {region.Name} {region.Offset} {region.Length} plain"));
        board.Set("boot");
        return board;
    }

    public static HostBoard Configured(string program, byte[] flash, IEnumerable<string> settings)
    {
        HostBoard board = new(program, flash);
        foreach (string setting in Identity().Concat(settings))
        {
            board.Set(setting);
        }

        return board;
    }

    public static DeviceIdentity Enrolled(DeviceKeyKind kind, ulong kid) => new(
        Ueid.ToHex(UeidBytes), kid, kind, OemId.OfNumber(OemNumber), ClassId, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");

    public static IEnumerable<string> Identity() =>
    [
        $"key hmac {Convert.ToHexString(Key)} {Convert.ToHexString(KeyId.OfUeid(UeidBytes))}",
        $"identity {Convert.ToHexString(UeidBytes)} {OemNumber} {Convert.ToHexString(ClassId.ToByteArray(bigEndian: true))}",
        "facts 1 2 00112233445566778899aabbccddeeff",
        "bootcount 41",
        "uptime 3600",
    ];
}
