using System.Data.Common;
using System.Net;
using IotAttest.Cli.Bench;
using IotAttest.EndToEnd.Tests.Cluster;
using IotAttest.Support;
using Npgsql;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>DESIGN.md section 5, way 3, in full: three RabbitMQ nodes, three verifiers in processes of their own on one PostgreSQL, each node asking the verifier beside it.</summary>
internal sealed class WholeCluster : IAsyncDisposable
{
    private const int Count = 3;
    private const string Database = "postgres";

    private readonly TemporaryFolder _folder = new();
    private readonly ChildVerifier[] _verifiers = new ChildVerifier[Count];

    private WholeCluster(RabbitCluster rabbit, PostgresServer postgres) => (Rabbit, Postgres) = (rabbit, postgres);

    public RabbitCluster Rabbit { get; }

    public PostgresServer Postgres { get; }

    public IReadOnlyList<ChildVerifier> Verifiers => _verifiers;

    /// <summary>Where boards find it: any node.</summary>
    public (string Host, int Port)[] Addresses => [.. Rabbit.Nodes.Select(node => ("127.0.0.1", node.MqttPort))];

    /// <summary>Null when everything it needs is installed.</summary>
    public static string? ReasonToSkip => Tools.ReasonToSkip("rabbitmq-server", "epmd") ?? PostgresServer.ReasonToSkip;

    public static async Task<WholeCluster> StartAsync()
    {
        // A server that flushes: what it acknowledged has to survive that it is stopped at once.
        Task<PostgresServer> postgres = Task.Run(() => new PostgresServer(isSafe: true));
        WholeCluster whole = new(await RabbitCluster.StartAsync(Count, verifiers: Count), await postgres);
        await whole.BeginVerifierAsync(0);
        for (int index = 1; index < Count; index++)
        {
            foreach (string key in (string[])["secrets.key", "verifier-key.pem", "operator.token"])
            {
                Directory.CreateDirectory(whole.DataOf(index));
                File.Copy(Path.Combine(whole.DataOf(0), key), Path.Combine(whole.DataOf(index), key));
            }
        }

        await Task.WhenAll(Enumerable.Range(1, Count - 1).Select(whole.BeginVerifierAsync));
        await Task.WhenAll(Enumerable.Range(0, Count).Select(whole.ReadyAsync));
        return whole;
    }

    public void KillVerifier(int index)
    {
        _verifiers[index].Kill();
        _verifiers[index].Dispose();
    }

    /// <summary>Starts a verifier, again on its folder when there is one, and waits until it says where it listens.</summary>
    public async Task BeginVerifierAsync(int index) => _verifiers[index] = await ChildVerifier.StartAsync(
        DataOf(index), CancellationToken.None, ["--attest-every", "1d", "--database", Postgres.To(Database), .. Rabbit.Words(index)]);

    /// <summary>Waits until a verifier takes evidence.</summary>
    public Task ReadyAsync(int index) => Eventually.TrueAsync(
        async () =>
        {
            using HttpClient client = new() { BaseAddress = _verifiers[index].Http };
            using HttpResponseMessage response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return response.StatusCode == HttpStatusCode.OK;
        },
        $"verifier {index + 1} is ready");

    /// <summary>A figure of <c>/metrics</c> at each verifier; 0 where it is not there.</summary>
    public Task<double[]> MetricsAsync(string name) => Task.WhenAll(_verifiers.Select(verifier => VerifierLooks.MetricAsync(verifier.Http, name)));

    /// <summary>A connection of its own to the database, not open yet.</summary>
    public DbConnection Look() => new NpgsqlConnection($"{Postgres.To(Database)};Pooling=False");

    public async ValueTask DisposeAsync()
    {
        foreach (ChildVerifier? verifier in _verifiers)
        {
            verifier?.Dispose();
        }

        await Rabbit.DisposeAsync();
        Postgres.Dispose();
        _folder.Dispose();
    }

    private string DataOf(int index) => Path.Combine(_folder.Path, $"verifier-{index + 1}");
}
