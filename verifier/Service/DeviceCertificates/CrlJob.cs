using System.Data.Common;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Stores a revocation list and quarantines the boards it names, all in one change: no board whose certificate is revoked stays free.</summary>
internal sealed class CrlJob(DeviceCa ca, CrlUpload upload, string by, DeviceDirectory directory, DeviceDecisions decisions, TimeProvider clock) : StoreJob
{
    private readonly TaskCompletionSource<int> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DecisionJob> _quarantines = [];
    private readonly List<string> _notYetKnown = [];
    private int _boards;

    /// <summary>How many boards' present certificates the list newly revokes.</summary>
    public Task<int> Completion => _completion.Task;

    /// <summary>Boards it concerns that were enrolled a moment before, in the same transaction: they are in memory once that is committed.</summary>
    public IReadOnlyList<string> NotYetKnown => _notYetKnown;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        RevocationList list = upload.List;
        if (RevocationTable.NumberOf(connection, transaction, ca.Id, upload.IssuerKey) is { } last && list.Number <= last)
        {
            throw Refuse.Conflict($"cRLNumber {list.Number} after {last}", "a higher number (RFC 5280 section 5.2.3)", "Send the newest list.");
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        RevocationTable.Write(connection, transaction, ca.Id, upload.IssuerKey, list, upload.Der, now);
        string[] ueids = DeviceCertificateTable.Revoke(connection, transaction, ca.Id, upload.IssuerKey, list, now);
        _boards = ueids.Length;
        foreach (string ueid in ueids)
        {
            if (!directory.TryFindByUeid(ueid, out DeviceEntry? device))
            {
                _notYetKnown.Add(ueid);
            }
            else if (device.Current.Newest.Life.After(DeviceStep.Quarantine) is not null)
            {
                DecisionJob job = decisions.JobOf(device, DeviceStep.Quarantine, Cause(list, by));
                job.Run(connection, transaction);
                _quarantines.Add(job);
            }
        }
    }

    public static string Cause(RevocationList list, string by) => $"quarantine by {by}: device certificate revoked (CRL {list.Number})";

    public override void Committed()
    {
        _quarantines.ForEach(job => job.Committed());
        _completion.TrySetResult(_boards);
    }

    public override void Failed(Exception cause)
    {
        _quarantines.ForEach(job => job.Failed(cause));
        _completion.TrySetException(cause);
    }
}
