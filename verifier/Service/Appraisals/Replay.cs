using System.Data.Common;
using System.Globalization;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.Results;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Appraisals;

/// <summary>Computes recorded verdicts again; writes nothing (certification.md section 6, story 5).</summary>
internal sealed class Replay(Database database, DeviceDirectory devices, VerdictSource verdicts, PolicyDirectory policies, TimeProvider clock)
{
    /// <param name="caller">Who asks: sees what it sees of history.</param>
    /// <param name="id">The id of a row of history, or a UEID for the latest verdict.</param>
    /// <param name="request">Under which policy.</param>
    /// <exception cref="ProblemException">Nothing the caller may see, a row from before, or no such policy.</exception>
    public ReplayView Run(Caller caller, string id, ReplayRequest request)
    {
        Kept kept = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long seq) ? Recorded(caller, id, seq) : Latest(caller, id);
        AppraisalPolicy under = Under(kept.Policy, request);
        Verdict own = kept.Under(kept.Policy);
        Verdict other = kept.Under(under);
        return new ReplayView(
            id,
            kept.Device.Ueid,
            UtcText.Of(kept.At),
            kept.Digest.AsSpan().SequenceEqual(kept.HasTimes ? VerdictDigest.WithTimes(own) : VerdictDigest.Of(own)),
            [.. under.Book.Policies.Select(PolicyReference.Of)],
            VerdictFields.Of(other),
            FieldDifference.Between(VerdictFields.Of(own), VerdictFields.Of(other)));
    }

    private Kept Recorded(Caller caller, string id, long seq)
    {
        using DbConnection connection = database.Open();
        AppraisalRow? row = AppraisalRow.Find(connection, seq);
        if (row is null || !devices.TryFindByUeid(Ueid.ToHex(row.Ueid), out DeviceEntry? device) || !DeviceSight.CanSee(caller, device))
        {
            throw Refuse.NotFound($"no appraisal {id} that you may see", "the id of a row of history, or the UEID of a board, of yours");
        }

        if (row.Extract is null)
        {
            throw Refuse.Conflict($"appraisal {id}, recorded without what it was computed from", "one that this version recorded", "Replay a later row of the board's history.");
        }

        KeptExtract kept = KeptExtract.Read(row.Extract);
        DeviceFacts facts = row.Facts();
        return new Kept(row.Identity(device.Identity), facts, kept.ToExtract(facts.Measured, Compared(connection, device, kept.Compared)), PolicyOf(kept), KeptTime.Read(row.AppraisedAt), row.VerdictDigest!, row.HasTimes == 1);
    }

    private Kept Latest(Caller caller, string ueid)
    {
        DeviceEntry device = DeviceSight.Find(devices, caller, ueid);
        DeviceState state = device.State;
        DateTimeOffset at = KeptTime.Cut(clock.GetUtcNow());
        AppraisalPolicy policy = verdicts.Policy;
        Verdict verdict = Appraiser.Appraise(device.Identity, state.Facts, verdicts.ReferenceOf(device), policy, at);
        return new Kept(device.Identity, state.Facts, ReferenceExtract.Of(device.Identity, state.Facts, verdicts.ReferenceOf(device), at), policy, at, VerdictDigest.Of(verdict), HasTimes: false);
    }

    // Components of a build never change, so they are not kept twice.
    private static ReferenceBuild? Compared(DbConnection connection, DeviceEntry device, string? build)
    {
        if (build is null)
        {
            return null;
        }

        IEnumerable<MeasuredComponent> components = connection
            .Query<(string Name, byte[] Sha256)>("SELECT name, sha256 FROM build_components WHERE build_id = @build", new { build })
            .Select(row => new MeasuredComponent(row.Name, row.Sha256));
        return new ReferenceBuild(build, device.Identity.ClassId, device.Identity.Manufacturer, "", 0, new MeasuredSet(components), []);
    }

    private AppraisalPolicy PolicyOf(KeptExtract kept)
    {
        PolicyBook book = new(kept.Policies.Select(text => PolicyReference.TryParse(text, out PolicyReference reference) ? VersionOf(reference) : throw Lost(text)));
        AppraisalPolicy cadence = new("", TimeSpan.FromMilliseconds(kept.AttestEveryMs), TimeSpan.FromMilliseconds(kept.SilenceGraceMs));
        return PolicyDirectory.Named(cadence, book);
    }

    private AppraisalPolicy Under(AppraisalPolicy recorded, ReplayRequest request) => request.Policy switch
    {
        null => recorded,
        ReplayRequest.Newest => PolicyDirectory.Named(recorded, verdicts.Policy.Book),
        { } named when PolicyReference.TryParse(named, out PolicyReference reference) => PolicyDirectory.Named(recorded, recorded.Book.With(policies.Find(reference.Id, reference.Version)
            ?? throw Refuse.NotFound($"no policy {named}", "an id and version of GET /v1/policies"))),
        { } other => throw Refuse.NotFound($"no policy {other}", "an id and version of GET /v1/policies"),
    };

    private EvidencePolicy VersionOf(PolicyReference reference) => policies.Find(reference.Id, reference.Version) ?? throw Lost($"{reference.Id}:{reference.Version}");

    private static StoreException Lost(string policy) => new($"Policy {policy} of a recorded appraisal is gone. Restore a backup, or run the version that wrote it.");

    /// <summary>All that a verdict is computed from, and the digest of the one that was.</summary>
    private sealed record Kept(DeviceIdentity Device, DeviceFacts Facts, ReferenceExtract Extract, AppraisalPolicy Policy, DateTimeOffset At, byte[] Digest, bool HasTimes)
    {
        public Verdict Under(AppraisalPolicy policy) => Appraiser.Appraise(Device, Facts, Extract, policy, At);
    }
}
