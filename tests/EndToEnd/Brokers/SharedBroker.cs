using System.Data.Common;
using System.Net;
using IotAttest.Cli.Bench;
using IotAttest.Support;
using Npgsql;

namespace IotAttest.EndToEnd.Tests.Brokers;

/// <summary>A real mosquitto and two verifiers in processes of their own on one PostgreSQL, which share its messages (<c>--broker-group</c>).</summary>
internal sealed class SharedBroker : IAsyncDisposable
{
    private const string Database = "postgres";
    private const string Group = "line-5c1e09";

    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _postgres = new(isSafe: false);
    private readonly ChildVerifier[] _verifiers = new ChildVerifier[2];
    private readonly string[] _credentials = new string[2];
    private GeneratedMosquitto? _broker;

    public GeneratedMosquitto Broker => _broker!;

    public IReadOnlyList<ChildVerifier> Verifiers => _verifiers;

    public async Task StartAsync()
    {
        _broker = await GeneratedMosquitto.StartAsync();
        (_credentials[0], _credentials[1]) = (_broker.CredentialFile, await _broker.AddVerifierAsync("iotattest-verifier-2"));
        await _broker.ReadFilesAsync();
        await BeginVerifierAsync(0);
        Directory.CreateDirectory(DataOf(1));
        foreach (string key in (string[])["secrets.key", "verifier-key.pem", "operator.token"])
        {
            File.Copy(Path.Combine(DataOf(0), key), Path.Combine(DataOf(1), key));
        }

        await BeginVerifierAsync(1);
    }

    public void KillVerifier(int index)
    {
        _verifiers[index].Kill();
        _verifiers[index].Dispose();
    }

    /// <summary>Starts a verifier, again on its folder when there is one, and waits until it takes evidence.</summary>
    public async Task BeginVerifierAsync(int index)
    {
        _verifiers[index] = await ChildVerifier.StartAsync(
            DataOf(index),
            CancellationToken.None,
            ["--attest-every", "1d", "--database", _postgres.To(Database), "--broker", $"{Broker.Url}", "--broker-credential-file", _credentials[index], "--broker-group", Group]);
        using HttpClient client = new() { BaseAddress = _verifiers[index].Http };
        await Eventually.TrueAsync(
            async () =>
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
                return response.StatusCode == HttpStatusCode.OK;
            },
            $"verifier {index + 1} is ready");
    }

    /// <summary>Messages that came to a verifier since its start.</summary>
    public Task<double> ReceivedAsync(int index) => VerifierLooks.MetricAsync(_verifiers[index].Http, "iotattest_broker_received_total");

    /// <summary>A connection of its own to the database, not open yet.</summary>
    public DbConnection Look() => new NpgsqlConnection($"{_postgres.To(Database)};Pooling=False");

    public async ValueTask DisposeAsync()
    {
        foreach (ChildVerifier? verifier in _verifiers)
        {
            verifier?.Dispose();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _postgres.Dispose();
        _folder.Dispose();
    }

    private string DataOf(int index) => Path.Combine(_folder.Path, $"verifier-{index + 1}");
}
