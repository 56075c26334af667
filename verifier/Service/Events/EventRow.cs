using System.Globalization;
using IotAttest.Domain.Advisories;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cases;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Advisories;
using IotAttest.Service.Certificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Reference;

namespace IotAttest.Service.Events;

/// <summary>An event joined with what it is about.</summary>
internal sealed class EventRow
{
    private const string KeyAdded = "added";
    private const string KeyRemoved = "removed";

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

    public string? Advisory { get; init; }

    public string? Title { get; init; }

    public long? Severity { get; init; }

    public long? Withdrawn { get; init; }

    public string? Vulnerabilities { get; init; }

    public string? Incident { get; init; }

    public string? Clock { get; init; }

    public long? DueAt { get; init; }

    public long? Application { get; init; }

    public string? Scheme { get; init; }

    public string? Level { get; init; }

    public long? Case { get; init; }

    public long? CaseTypeNumber { get; init; }

    public long? CaseStepNumber { get; init; }

    public string? Outcome { get; init; }

    public string? Body { get; init; }

    public string? Transfer { get; init; }

    public string? TransferState { get; init; }

    public string? TransferFrom { get; init; }

    public string? TransferTo { get; init; }

    public long? Boards { get; init; }

    public EventView ToView() => new(Seq.ToString(CultureInfo.InvariantCulture), EventTypes.Name((EventKind)Kind), UtcText.OfMs(At), Data());

    private object Data() => (EventKind)Kind switch
    {
        EventKind.DeviceVerdict => new DeviceVerdictData(
            Convert.ToHexStringLower(Ueid!), Word(Conformity!.Value), Word(Previous ?? (long)Domain.Appraisal.Conformity.Unknown), ((Drift)Drift!.Value).Words(), ((Conditions)Conditions!.Value).Words(), HistoryMark.ListIn(Advisories!), Build, UtcText.OfMs(AsOf), Cause!, Manufacturer!, Owner),
        EventKind.DeviceAddress => new DeviceAddressData(Convert.ToHexStringLower(Ueid!), Detail!, Manufacturer!, Owner),
        EventKind.DeviceAlarm => new DeviceAlarmData(Convert.ToHexStringLower(Ueid!), Detail!, Manufacturer!, Owner),
        EventKind.DeviceTransfer => new DeviceTransferData(Transfer!, TransferState!, TransferFrom!, TransferTo!, Boards!.Value, DecidedBy!, Cause!),
        EventKind.CertificateStatus => new CertificateStatusData(Certificate!, ((CertificateStatus)Status!.Value).ToString(), DecidedBy!, Cause!, Build!, Manufacturer!),
        EventKind.OrganisationKey => Detail == KeyRemoved
            ? new OrganisationKeyData(Organisation!, KidWord(), KeyRemoved, Cause)
            : new OrganisationKeyData(Organisation!, KidWord(), KeyAdded, null),
        EventKind.ProductChanged => EventDetail.Read<ProductData>(Detail),
        EventKind.ComponentStatus => EventDetail.Read<ComponentStatusData>(Detail),
        EventKind.SupportEnding or EventKind.SupportEnded => EventDetail.Read<SupportData>(Detail),
        EventKind.BuildRetired => new BuildRetiredData(Build!, Manufacturer!, ClassId(), Version!, DecidedBy!, Cause!),
        EventKind.LogAltered => new LogAlteredData(Detail!),
        EventKind.ClassMinimum => new ClassMinimumData(ClassId(), Manufacturer!, Minimum!.Value, DecidedBy!, Cause!),
        EventKind.AdvisoryPublished or EventKind.AdvisoryUpdated => new AdvisoryData(Advisory!, Version!, Title!, AdvisoryWords.Of((AdvisorySeverity)Severity!.Value), DecidedBy!, Withdrawn != 0),
        EventKind.BuildVulnerable => new BuildVulnerableData(Build!, Manufacturer!, ClassId(), Version!, Advisories!.Length > 0, VulnerableBuilds.Words(Advisories), VulnerableBuilds.Words(Vulnerabilities!)),
        EventKind.IncidentClockOverdue => new IncidentClockData(Incident!, Organisation!, Clock!, UtcText.OfMs(DueAt!.Value), Title!),
        EventKind.Application => new ApplicationStepData(NumberText(Application)!, ((ApplicationStatus)Status!.Value).ToString(), Manufacturer!, Body!, Scheme!, Level!, Build!, Certificate),
        EventKind.Case => new CaseStepData(
            NumberText(Case)!, EnumWord.Of((CaseType)CaseTypeNumber!.Value), ((CaseStep)CaseStepNumber!.Value).ToString().ToLowerInvariant(), Outcome, Certificate, NumberText(Application), Manufacturer!, Body!),
        _ => new BuildData(Build!, Manufacturer!, ClassId(), Version!, SupersededBy, UtcText.OfMs(AcceptedUntil)),
    };

    private string KidWord() => Kid!.Value.ToString("x16", CultureInfo.InvariantCulture);

    private string ClassId() => new Guid(Class!, bigEndian: true).ToString();

    private static string? NumberText(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Word(long conformity) => ((Conformity)conformity).ToString();
}
