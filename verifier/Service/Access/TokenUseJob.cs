using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Access;

/// <summary>Writes the day of last use; when that fails, the next use tries again.</summary>
internal sealed class TokenUseJob(string tokenId, long day, Action forget) : StoreJob
{
    public override void Run(SqliteConnection connection, SqliteTransaction transaction) => AccessTokenTable.NoteUse(connection, transaction, tokenId, day);

    public override void Committed()
    {
        // Nobody waits.
    }

    public override void Failed(Exception cause) => forget();
}
