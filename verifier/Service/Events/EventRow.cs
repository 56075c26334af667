using System.Globalization;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Events;

/// <summary>An event joined with what it is about.</summary>
internal sealed class EventRow
{
    public long Seq { get; init; }

    public long At { get; init; }

    public long Kind { get; init; }

    public string? Detail { get; init; }

    public byte[]? Ueid { get; init; }

    public string? Manufacturer { get; init; }

    public string? Owner { get; init; }

    public long? Conformity { get; init; }

    public long? Previous { get; init; }

    public long? Drift { get; init; }

    public long? Conditions { get; init; }

    public string? Advisories { get; init; }

    public long? AsOf { get; init; }

    public string? Cause { get; init; }

    public string? Build { get; init; }

    public byte[]? Class { get; init; }

    public string? Version { get; init; }

    public string? SupersededBy { get; init; }

    public long? AcceptedUntil { get; init; }

    public string? Certificate { get; init; }

    public long? Status { get; init; }

    public string? DecidedBy { get; init; }

    public string? Organisation { get; init; }

    public long? Kid { get; init; }

    public long? Minimum { get; init; }

    public EventView ToView() => new(Seq.ToString(CultureInfo.InvariantCulture), EventTypes.Name((EventKind)Kind), UtcText.OfMs(At), Data());

    private object Data() => (EventKind)Kind switch
    {
        EventKind.DeviceVerdict => new DeviceVerdictData(
            Convert.ToHexStringLower(Ueid!), Word(Conformity!.Value), Word(Previous ?? (long)Domain.Appraisal.Conformity.Unknown), ((Drift)Drift!.Value).Words(), ((Conditions)Conditions!.Value).Words(), HistoryMark.ListIn(Advisories!), Build, UtcText.OfMs(AsOf), Cause!, Manufacturer!, Owner),
        EventKind.DeviceAddress => new DeviceAddressData(Convert.ToHexStringLower(Ueid!), Detail!, Manufacturer!, Owner),
        EventKind.CertificateStatus => new CertificateStatusData(Certificate!, ((CertificateStatus)Status!.Value).ToString(), DecidedBy!, Cause!, Build!, Manufacturer!),
        EventKind.OrganisationKey => new OrganisationKeyData(Organisation!, Kid!.Value.ToString("x16", CultureInfo.InvariantCulture)),
        EventKind.BuildRetired => new BuildRetiredData(Build!, Manufacturer!, ClassId(), Version!, DecidedBy!, Cause!),
        EventKind.ClassMinimum => new ClassMinimumData(ClassId(), Manufacturer!, Minimum!.Value, DecidedBy!, Cause!),
        _ => new BuildData(Build!, Manufacturer!, ClassId(), Version!, SupersededBy, UtcText.OfMs(AcceptedUntil)),
    };

    private string ClassId() => new Guid(Class!, bigEndian: true).ToString();

    private static string Word(long conformity) => ((Conformity)conformity).ToString();
}
