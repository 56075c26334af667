using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Fleet;

/// <summary>Reads all there is to show of one board.</summary>
internal sealed class DeviceSheetReader(VerdictSource verdicts, Database database, TimeProvider clock)
{
    public DeviceSheet Read(DeviceEntry device, Language language)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DeviceState state = device.State;
        ManufacturerReference reference = verdicts.ReferenceOf(device);
        Verdict verdict = verdicts.Of(device, state, now);
        ReferenceExtract extract = ReferenceExtract.Of(device.Identity, state.Facts, reference, now);
        ReferenceBuild? expected = Expected(device, verdict, extract, reference, now);
        ReferenceBuild? reported = AssemblyLines.Deployed(reference, device.Identity.ClassId, extract.Match.Build, state.Facts.Measured);
        using DbConnection connection = database.Open();
        ReportedIdentity? identity = state.Facts.HasClaimMismatch ? MismatchTable.Find(connection, device.RowId) : null;
        return new DeviceSheet(
            device,
            DeviceView.Of(device, verdict, language),
            ClaimLines.Of(device, verdict, extract, identity),
            [.. ComponentComparison.Compare(state.Facts.Measured, expected?.Measured).Select(component => Region(component, state.Facts.Measured is not null))],
            AssemblyLines.Of(connection, expected, reported),
            expected?.Id,
            reported?.Id);
    }

    private static SheetLine Region(ComponentComparison component, bool hasReported)
    {
        SheetLine line = SheetLine.Compare("region", component.Name, component.Expected, component.Reported);
        return hasReported && line.Expected is not null ? line : line with { State = SheetLine.Unsaid };
    }

    /// <summary>What the board should run: what it runs where that is right, else the newest build of its product that a certificate in force covers.</summary>
    private static ReferenceBuild? Expected(DeviceEntry device, Verdict verdict, ReferenceExtract extract, ManufacturerReference reference, DateTimeOffset now)
    {
        bool isRight = extract.Match is { Build: not null, Drift: Drift.None } && !verdict.Drift.HasFlag(Drift.Rollback);
        return isRight
            ? extract.Match.Build
            : reference.BuildsOf(device.Identity.ClassId).LastOrDefault(build => build.RetiredAt is null && build.Certificates.Any(certificate => IsInForce(certificate, now))) ?? extract.Compared;
    }

    private static bool IsInForce(CoveringCertificate certificate, DateTimeOffset now) =>
        certificate.Status == CertificateStatus.Certified && certificate.ValidFrom <= now && now <= certificate.ValidUntil;
}
