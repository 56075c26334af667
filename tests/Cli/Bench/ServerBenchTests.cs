using IotAttest.Cli.Bench;
using IotAttest.Cli.Commands.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Bench;

/// <summary>Measuring through servers of other projects: which rows there are, and what is said when one is not there.</summary>
public sealed class ServerBenchTests : IDisposable
{
    private static readonly RabbitPrograms Rabbit = new("rabbitmq-server", "epmd");

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Every_way_in_is_measured_on_every_engine()
    {
        Assert.Equal(["verifier's own endpoint, SQLite"], NamesOf(Plan()));
        Assert.Equal(
            [
                "verifier's own endpoint, SQLite", "verifier's own endpoint, PostgreSQL", "Mosquitto, SQLite", "Mosquitto, PostgreSQL", "RabbitMQ, SQLite", "RabbitMQ, PostgreSQL",
            ],
            NamesOf(Plan() with { HasMosquitto = true, Rabbit = Rabbit, Postgres = "Host=127.0.0.1" }));
        Assert.Equal(["verifier's own endpoint, SQLite", "RabbitMQ, SQLite"], NamesOf(Plan() with { Rabbit = Rabbit }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rabbitmq-server")]
    [InlineData("epmd")]
    public async Task A_rabbitmq_that_is_not_on_PATH_is_told_before_anything_is_measured(string present)
    {
        Directory.CreateDirectory(_line.PathOf("bin"));
        _line.Write($"bin/{(present.Length == 0 ? "other" : present)}", "");
        _line.Environment["PATH"] = _line.PathOf("bin");

        CommandResult result = (await _line.RunAsync("bench", "--rabbitmq", "--seconds", "1")).Ended(2);

        Assert.Contains("rabbitmq-server and epmd on PATH", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("limits of this machine", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_kind_of_key_alone_leaves_the_other_out()
    {
        Assert.Equal([DeviceKeyKind.Hmac], BenchCommand.KindsOf("hmac"));
        Assert.Equal([DeviceKeyKind.P256], BenchCommand.KindsOf("es256"));
        Assert.Equal([DeviceKeyKind.P256, DeviceKeyKind.Hmac], BenchCommand.KindsOf(null));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Boards_at_a_RabbitMQ_get_their_signed_results()
    {
        BenchPlan plan = Plan() with { Rabbit = RabbitPrograms.Find(System.Environment.GetEnvironmentVariable("PATH")) };

        EndToEndFigures figures = await EndToEndBench.RunAsync(plan, new BenchSetting(BenchTransport.Rabbit, BenchEngine.Sqlite), DeviceKeyKind.Hmac, 1, _ => { }, CancellationToken.None);

        Assert.Equal("RabbitMQ, SQLite", figures.Setting);
        Assert.True(figures.Full.Count > 0 && figures.Half.Count > 0, $"{figures}");
        Assert.True(figures.Full.P50Ms > 0);
    }

    private static BenchPlan Plan() => new(TimeSpan.FromSeconds(1), 2, 0, InProcessOnly: false, [DeviceKeyKind.Hmac]);

    private static IEnumerable<string> NamesOf(BenchPlan plan) => BenchSetting.Of(plan).Select(setting => setting.Name);
}
