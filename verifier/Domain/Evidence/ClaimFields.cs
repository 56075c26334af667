using System.Buffers.Binary;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Identity;
using IotAttest.Protocol;

namespace IotAttest.Domain.Evidence;

/// <summary>Claims while they are being read; becomes <see cref="DecodedClaims"/> when all that must be there is there.</summary>
internal sealed class ClaimFields
{
    public ReadOnlyMemory<byte> Nonce { get; set; }

    public ReadOnlyMemory<byte> Ueid { get; set; }

    public OemId? OemId { get; set; }

    public Guid? ClassId { get; set; }

    public string? HardwareVersion { get; set; }

    public ulong? Uptime { get; set; }

    public bool? SecureBoot { get; set; }

    public int? DebugStatus { get; set; }

    public bool HasProfile { get; set; }

    public ulong? BootCount { get; set; }

    public ReadOnlyMemory<byte> BootSeed { get; set; }

    public string? SoftwareName { get; set; }

    public string? SoftwareVersion { get; set; }

    public MeasuredSet? Measured { get; set; }

    public DecodeStatus CheckPresence()
    {
        bool isComplete = Nonce.Length > 0 && Ueid.Length > 0 && OemId is not null && ClassId is not null && Uptime is not null
            && HasProfile && BootCount is not null && BootSeed.Length > 0 && Measured is not null;
        if (!isComplete)
        {
            return DecodeStatus.Missing;
        }

        // RFC 9711 section 4.2.7: swversion says nothing without swname.
        return SoftwareVersion is not null && SoftwareName is null ? DecodeStatus.NotAllowed : DecodeStatus.Ok;
    }

    public DecodedClaims ToClaims() => new()
    {
        Nonce = Nonce,
        Ueid = Ueid,
        OemId = OemId!,
        ClassId = ClassId!.Value,
        Counters = new BootCounters(BootCount!.Value, BinaryPrimitives.ReadUInt128BigEndian(BootSeed.Span), Uptime!.Value),
        BootFacts = new BootFacts(SecureBoot, DebugStatus),
        Measured = Measured!,
        HardwareVersion = HardwareVersion,
        SoftwareName = SoftwareName,
        SoftwareVersion = SoftwareVersion,
    };
}
