using IotAttest.Domain.Policies;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage.Sharing;

namespace IotAttest.Service.Appraisals;

/// <summary>Takes over policies that were submitted to other verifiers.</summary>
internal sealed class PolicyFollower(PolicyDirectory directory, ReappraisalQueue queue) : IStoreFollower
{
    public void Follow(StoreChanges changes)
    {
        if (!changes.Kinds.Contains("policies"))
        {
            return;
        }

        foreach (PolicyRow row in PolicyTable.List(changes.Connection))
        {
            EvidencePolicy read = PolicyTable.Read(row);
            directory.Put(read);
        }

        queue.RequestAll();
    }
}
