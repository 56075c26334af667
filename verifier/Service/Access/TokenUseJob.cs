using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Access;

/// <summary>Writes the day of last use; when that fails, the next use tries again.</summary>
internal sealed class TokenUseJob(string tokenId, long day, Action forget) : StoreJob
{
    public override void Run(DbConnection connection, DbTransaction transaction) => AccessTokenTable.NoteUse(connection, transaction, tokenId, day);

    public override void Committed()
    {
        // Nobody waits.
    }

    public override void Failed(Exception cause) => forget();
}
