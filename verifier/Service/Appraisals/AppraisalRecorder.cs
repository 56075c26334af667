using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.Results;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Appraisals;

/// <summary>Keeps what a verdict was computed from, beside its row of history. Used on the writer thread only.</summary>
/// <remarks>Boards of a group that are appraised for the same moment share the extract, and those about which the same is said share the row.
/// The verdict of each board is computed all the same: evidence of different age counts for different certificates.</remarks>
internal sealed class AppraisalRecorder(VerdictSource verdicts) : IDisposable
{
    private readonly Dictionary<Group, ReferenceExtract> _extracts = [];
    private readonly Dictionary<Said, long> _kept = [];
    private DateTimeOffset _at;
    private AppraisalPolicy? _policy;
    private AppraisalTable? _table;

    /// <summary>Computes the shown verdict once more, as of the moment it was shown, and keeps what that takes.</summary>
    public RecordedAppraisal Record(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState state, DateTimeOffset now)
    {
        _table ??= new AppraisalTable(connection);
        Begin(KeptTime.Cut(state.Shown.At == default ? now : state.Shown.At), verdicts.Policy);
        Group group = new(verdicts.ReferenceOf(device), FleetGroup.Of(device.Identity, state.Facts));
        if (!_extracts.TryGetValue(group, out ReferenceExtract? extract))
        {
            _extracts[group] = extract = ReferenceExtract.Of(device.Identity, state.Facts, group.Reference, _at);
        }

        Verdict verdict = Appraiser.Appraise(device.Identity, state.Facts, extract, _policy!, _at);
        Said said = new(group, state.Shown, verdict.Drift, string.Join(' ', verdict.Certificates));
        if (!_kept.TryGetValue(said, out long id))
        {
            long extractId = _table.FindOrAddExtract(transaction, KeptExtract.Of(extract, _policy!).ToBytes());
            _kept[said] = id = _table.FindOrAdd(transaction, extractId, VerdictDigest.Of(verdict), device, state);
        }

        return new RecordedAppraisal(id, _at.ToUnixTimeMilliseconds());
    }

    /// <summary>Forgets the rows of a transaction that failed.</summary>
    public void Reset()
    {
        _kept.Clear();
        _table?.Reset();
    }

    public void Dispose() => _table?.Dispose();

    // What is shared holds for one moment: jobs of a sweep have one each, evidence has its own.
    private void Begin(DateTimeOffset at, AppraisalPolicy policy)
    {
        if (at != _at || !ReferenceEquals(policy, _policy))
        {
            (_at, _policy) = (at, policy);
            _extracts.Clear();
            _kept.Clear();
        }
    }

    private sealed record Group(ManufacturerReference Reference, FleetGroup Boards);

    /// <summary>Within a group only the age of evidence differs: it makes evidence stale, and decides which certificates count.</summary>
    private sealed record Said(Group Group, HistoryMark Shown, Drift Drift, string Certificates);
}
