using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Access;

/// <summary>Tokens in the database.</summary>
internal static class AccessTokenTable
{
    private const string Select =
        """
        SELECT hash, id, name, roles, organisation, person, created_at AS CreatedAt, expires_at AS ExpiresAt, last_used_day AS LastUsedDay, made_by AS MadeBy
        FROM access_tokens
        """;

    public static IEnumerable<AccessTokenRow> All(DbConnection connection) => connection.Query<AccessTokenRow>(Select, buffered: false);

    /// <summary>The tokens of an organisation, oldest first.</summary>
    public static IReadOnlyList<AccessTokenRow> Of(DbConnection connection, DbTransaction? transaction, string organisation) =>
        connection.Query<AccessTokenRow>($"{Select} WHERE organisation = @organisation ORDER BY created_at, name <> 'default', name", new { organisation }, transaction).AsList();

    /// <summary>Stores a token; <see cref="AccessTokens.Remember"/> follows after the commit.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, AccessTokenRow row) => connection.Execute(
        """
        INSERT INTO access_tokens (hash, id, name, roles, organisation, person, created_at, expires_at, made_by)
        VALUES (@Hash, @Id, @Name, @Roles, @Organisation, NULLIF(@Person, ''), @CreatedAt, @ExpiresAt, @MadeBy)
        """,
        row,
        transaction);

    /// <summary>Deletes the tokens of a person, or all of the organisation's where none is named; <see cref="AccessTokens.RememberOnly"/> follows after the commit.</summary>
    public static void DeleteOf(DbConnection connection, DbTransaction transaction, string organisation, string person) => connection.Execute(
        "DELETE FROM access_tokens WHERE organisation = @organisation AND (@person = '' OR person = @person)", new { organisation, person }, transaction);

    /// <summary>Deletes one token; <see cref="AccessTokens.Forget"/> follows after the commit.</summary>
    public static void Delete(DbConnection connection, DbTransaction transaction, string id) =>
        connection.Execute("DELETE FROM access_tokens WHERE id = @id", new { id }, transaction);

    public static void NoteUse(DbConnection connection, DbTransaction transaction, string id, long day) =>
        connection.Execute("UPDATE access_tokens SET last_used_day = @day WHERE id = @id AND last_used_day IS DISTINCT FROM @day", new { id, day }, transaction);
}
