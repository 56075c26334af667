using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>A root under which a manufacturer issues device certificates.</summary>
/// <param name="Id">SHA-256 of the certificate, lower-case hex.</param>
/// <param name="Manufacturer">Whose boards it vouches for.</param>
/// <param name="Certificate">DER.</param>
/// <param name="Strength">Of every board enrolled under it: the manufacturer's word, as with the list.</param>
/// <param name="Rules">What it narrows.</param>
internal sealed record DeviceCa(string Id, string Manufacturer, byte[] Certificate, EvidenceStrength Strength, DeviceCaRules Rules)
{
    public DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public string? RemovalReason { get; init; }

    public bool IsSameAs(DeviceCa other) => Id == other.Id && Manufacturer == other.Manufacturer && Strength == other.Strength && Rules == other.Rules;
}
