using System.Collections.Concurrent;
using System.Data.Common;
using IotAttest.Domain.Advisories;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories;

/// <summary>Advisories as they were read, by revision: a new build is compared with all that count without reading their files again.</summary>
internal sealed class AdvisoryCache
{
    private readonly ConcurrentDictionary<long, Advisory> _bySeq = new();

    /// <exception cref="StoreException">The file cannot be read back.</exception>
    public Advisory Get(DbConnection connection, DbTransaction? transaction, long seq) => _bySeq.GetOrAdd(seq, _ => Read(AdvisoryTable.FileOf(connection, transaction, seq)));

    private static Advisory Read(byte[] file) => AdvisoryReader.TryRead(file, out Advisory? advisory, out AdvisoryError? error)
        ? advisory
        : throw new StoreException($"An advisory in the database cannot be read back ({error}). Restore a backup, or run the version that wrote it.");
}
