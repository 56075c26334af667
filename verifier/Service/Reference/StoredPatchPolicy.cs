using IotAttest.Domain.Certificates;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Reference;

/// <summary>Reads patch policies back from the database.</summary>
internal static class StoredPatchPolicy
{
    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static PatchPolicy Read(string text) =>
        PatchPolicy.TryParse(text, out PatchPolicy policy) ? policy : throw new StoreException($"The database holds a patch policy \"{text}\" that this program does not know. Run the version that wrote it, or a newer one.");
}
