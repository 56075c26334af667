using System.Security.Cryptography.X509Certificates;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>What a simulated board is and where it reports to.</summary>
public sealed record SimulatedBoardOptions
{
    /// <summary>The board's own folder: boot count and written flash pages.</summary>
    public required string DataFolder { get; init; }

    /// <summary>UEID, attestation key and transport credential.</summary>
    public required BoardIdentity Identity { get; init; }

    /// <summary>The class UUID from board.json.</summary>
    public required Guid ClassId { get; init; }

    /// <summary>The manufacturer's private enterprise number.</summary>
    public required long OemId { get; init; }

    /// <summary>The flash; needed unless the board is self-reported.</summary>
    public SimulatedFlash? Flash { get; init; }

    /// <summary>What a self-reported board measures; null is the inventory of this process.</summary>
    public InventoryText? Inventory { get; init; }

    public EvidenceStrength Strength { get; init; } = EvidenceStrength.Native;

    /// <summary>Has evidence made by the C++ core; null has it made in managed code. Not for a self-reported board.</summary>
    public NativeBoardLibrary? NativeLibrary { get; init; }

    public FreshnessMode Freshness { get; init; } = FreshnessMode.Challenge;

    /// <summary>The verifier or its broker.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    public bool UseTls { get; init; }

    /// <summary>The CA of the server certificate; needed with TLS.</summary>
    public X509Certificate? CaCertificate { get; init; }

    /// <summary>hwversion, swname and swversion, or null.</summary>
    public string? HardwareVersion { get; init; }

    public string? SoftwareName { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>oemboot: 1, 0 or <see cref="EvidenceClaims.Unknown"/>.</summary>
    public int OemBoot { get; init; } = EvidenceClaims.Unknown;

    /// <summary>dbgstat: 0 to 4 or <see cref="EvidenceClaims.Unknown"/>.</summary>
    public int DebugStatus { get; init; } = EvidenceClaims.Unknown;

    /// <summary>The key is gone, as after the end of service: no evidence any more. Not with a native library.</summary>
    public bool IsKeyErased { get; init; }

    /// <summary>Behind a broker: repeat until the signed result comes.</summary>
    public bool RepeatUntilResult { get; init; }

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan ResultWait { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan HelloAgain { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(15);
}
