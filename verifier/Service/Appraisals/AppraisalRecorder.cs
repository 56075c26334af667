using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.Results;
using IotAttest.Service.Devices;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Appraisals;

/// <summary>Keeps what a verdict was computed from, beside its row of history. Used on the writer thread only.</summary>
internal sealed class AppraisalRecorder(VerdictSource verdicts)
{
    // One extract for all boards of which the same is said; it goes with the snapshot it was taken from.
    private readonly ConditionalWeakTable<ManufacturerReference, Dictionary<Subject, long>> _kept = [];

    /// <summary>Computes the shown verdict once more, as of the moment it was shown, and keeps what that takes.</summary>
    public RecordedAppraisal Record(SqliteConnection connection, SqliteTransaction transaction, DeviceEntry device, DeviceState state, DateTimeOffset now)
    {
        DateTimeOffset at = KeptTime.Cut(state.Shown.At == default ? now : state.Shown.At);
        AppraisalPolicy policy = verdicts.Policy;
        ManufacturerReference reference = verdicts.ReferenceOf(device);
        ReferenceExtract extract = ReferenceExtract.Of(device.Identity, state.Facts, reference, at);
        Verdict verdict = Appraiser.Appraise(device.Identity, state.Facts, extract, policy, at);
        return new RecordedAppraisal(Keep(connection, transaction, reference, Subject.Of(device, state, extract, policy), extract, policy), at.ToUnixTimeMilliseconds(), VerdictDigest.Of(verdict));
    }

    /// <summary>Forgets the rows of a transaction that failed.</summary>
    public void Reset() => _kept.Clear();

    private long Keep(SqliteConnection connection, SqliteTransaction transaction, ManufacturerReference reference, Subject subject, ReferenceExtract extract, AppraisalPolicy policy)
    {
        Dictionary<Subject, long> kept = _kept.GetOrCreateValue(reference);
        if (!kept.TryGetValue(subject, out long id))
        {
            byte[] body = KeptExtract.Of(extract, policy).ToBytes();
            byte[] hash = SHA256.HashData(body);
            connection.Execute("INSERT OR IGNORE INTO appraisal_extracts (hash, body) VALUES (@hash, @body)", new { hash, body }, transaction);
            kept[subject] = id = connection.ExecuteScalar<long>("SELECT id FROM appraisal_extracts WHERE hash = @hash", new { hash }, transaction);
        }

        return id;
    }

    /// <summary>What fixes an extract of one snapshot: policies, class, measured set, and the certificates that count by the clock.</summary>
    private sealed record Subject(AppraisalPolicy Policy, Guid Class, string? SetHash, string? Compared, bool HasUncoveredSets, string ByClock)
    {
        public static Subject Of(DeviceEntry device, DeviceState state, ReferenceExtract extract, AppraisalPolicy policy) => new(
            policy,
            device.Identity.ClassId,
            state.Facts.Measured?.Hash,
            extract.Compared?.Id,
            extract.HasUncoveredSets,
            string.Join(' ', extract.PatchedCertificates.Concat(extract.LayoutCertificates).Select(certificate => certificate.Id)));
    }
}
