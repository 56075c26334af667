using System.Text.Json;
using Dapper;
using IotAttest.Service.Access;
using IotAttest.Service.Storage.Sqlite;
using IotAttest.Service.Tests.Postgres;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Tests.Access;

public sealed class TokenMigrationTests
{
    [SqliteFact]
    public async Task A_token_of_an_earlier_version_goes_on_without_an_end_and_can_be_revoked()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options =>
        {
            WriteEarlierDatabase(options.DataDirectory, "old-token");
            return options;
        });
        using HttpClient old = verifier.With("old-token");

        JsonElement token = Assert.Single((await old.GetJsonAsync("/v1/organisations/acme/tokens")).GetProperty("tokens").EnumerateArray());

        Assert.Equal(("default", "operator", 16), (token.Text("name"), token.Text("madeBy"), token.Text("id").Length));
        Assert.Null(token.GetProperty("expiresAt").GetString());
        using HttpClient client = verifier.Operator();
        Assert.Equal(204, await client.DeleteAsync(new Uri($"/v1/organisations/acme/tokens/{token.Text("id")}", UriKind.Relative)).StatusAsync());
        Assert.Equal(401, await old.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync());
    }

    private static void WriteEarlierDatabase(string folder, string token)
    {
        using Stream script = typeof(SqliteMigrations).Assembly.GetManifestResourceStream("IotAttest.Service.Storage.Sqlite.Migrations.001_initial.sql")!;
        using StreamReader reader = new(script);
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "iotattest.db"), Pooling = false }.ToString());
        connection.Open();
        connection.Execute(reader.ReadToEnd());
        connection.Execute("PRAGMA user_version = 1");
        connection.Execute("INSERT INTO organisations (name, roles, created_at) VALUES ('acme', 'manufacturer', 0)");
        connection.Execute("INSERT INTO access_tokens (hash, roles, organisation, created_at) VALUES (@hash, 'manufacturer', 'acme', 0)", new { hash = AccessTokens.HashOf(token) });
    }
}
