using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>The commands of docs/operations.md that dump a PostgreSQL database and put the dump back, run as they stand there.</summary>
internal sealed class PostgresDump : IDisposable
{
    /// <summary>The database that the commands name.</summary>
    public const string Database = "iotattest";

    private const string Folder = "/backup/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-dump-");
    private readonly PostgresServer _server;

    public PostgresDump(PostgresServer server) => _server = server;

    public Task MakeDatabaseAsync() => RunAsync("createdb");

    public Task DumpAsync() => RunAsync("pg_dump");

    /// <summary>False when the database is in use.</summary>
    public async Task<bool> TryDropAsync() => (await TryAsync("dropdb")).ExitCode == 0;

    public Task DropAlthoughInUseAsync() => RunAsync("dropdb", "--force");

    public async Task RestoreAsync()
    {
        await MakeDatabaseAsync();
        await RunAsync("pg_restore");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(string tool, params string[] more)
    {
        (int exitCode, string said) = await TryAsync(tool, more);
        Assert.True(exitCode == 0, said);
    }

    private async Task<(int ExitCode, string Said)> TryAsync(string tool, params string[] more)
    {
        string line = File.ReadLines(Path.Combine(SharedData.Repository, "docs", "operations.md")).Single(line => line.StartsWith($"{tool} ", StringComparison.Ordinal));
        string[] words = line.Replace(Folder, $"{_folder.FullName}/", StringComparison.Ordinal).Split(' ');
        string[] variables = [.. _server.Variables.Select(variable => $"{variable.Name}={variable.Value}")];
        (int exitCode, string output, string errors) = await Programs.RunAsync("env", [.. variables, PostgresServer.Program(tool), .. more, .. words[1..]]);
        return (exitCode, output + errors);
    }
}
