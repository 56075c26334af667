namespace IotAttest.Service.Storage.Sharing;

/// <summary>Holds state of the store in memory and takes over what other verifiers changed.</summary>
internal interface IStoreFollower
{
    /// <summary>Reads what is news and puts it in force. Called on the writer thread, between batches: nothing is staged meanwhile. May be called again for the same changes.</summary>
    void Follow(StoreChanges changes);
}
