using System.Text;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>What a collector gets, decoded without the library that sent it.</summary>
public sealed class OtlpTests
{
    // opentelemetry-proto 1.x, the same shape for all signals: resource_* = 1, scope_* = 2, the records = 2.
    private static readonly int[] Records = [1, 2, 2];

    [Fact]
    public async Task A_collector_gets_metrics_traces_and_logs_and_no_secret()
    {
        using TemporaryFolder folder = new();
        using OtlpReceiver collector = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None, "--otlp", collector.Address.AbsoluteUri, "--otlp-sample", "1", "--otlp-every", "1s");
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 3);
        await AttestAsync(verifier, fleet);
        int exitCode = await verifier.TerminateAsync();

        Assert.Equal(0, exitCode);
        Assert.All(collector.Taken, request => Assert.Equal("application/x-protobuf", request.Type));
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Taken.Select(request => request.Path).Distinct().Order());
        HoldsMetrics(collector);
        HoldsSpans(collector, fleet);
        HoldsLogs(collector, fleet);
        HoldsNoSecret(collector, folder.Path, fleet);
    }

    private static async Task AttestAsync(ChildVerifier verifier, LoadFleet fleet)
    {
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(CancellationToken.None);
        await load.EveryBoardAsync(fleet, 20);

        // A board that talks nonsense makes a warning for the log.
        EvidenceMaker board = fleet.Boards[0];
        await using Mqtt.MqttClientConnection connection = await Mqtt.MqttClientConnection.ConnectAsync(new Mqtt.MqttClientOptions
        {
            Host = verifier.MqttHost,
            Port = verifier.MqttPort,
            ClientId = board.Ueid,
            UserName = board.Ueid,
            Password = Encoding.ASCII.GetBytes(board.Credential),
        });
        await connection.PublishAsync(Protocol.Topics.Evidence(board.Ueid), new byte[] { 1, 2, 3 }, Mqtt.MqttQualityOfService.AtLeastOnce);
    }

    // Metric: name = 1, sum = 7, histogram = 9; data_points = 1; NumberDataPoint.as_int = 6; HistogramDataPoint.count = 4, sum = 5.
    private static void HoldsMetrics(OtlpReceiver collector)
    {
        ProtoField[] metrics = [.. collector.Messages("/v1/metrics").SelectMany(message => message.Along(Records))];
        ProtoField accepted = metrics.Last(metric => metric.First(1)!.Text == "iotattest.evidence.accepted");
        ProtoField duration = metrics.Last(metric => metric.First(1)!.Text == "iotattest.evidence.duration");
        ulong count = accepted.Along(7, 1, 6).Single().Value;

        Assert.Contains(metrics, metric => metric.First(1)!.Text == "dotnet.gc.collections");
        Assert.InRange(count, 3UL, 1000UL);
        Assert.Equal(count, duration.Along(9, 1, 4).Single().Value);
        Assert.InRange(duration.Along(9, 1, 5).Single().Double, 0.000_01, 60);
    }

    // Span: trace_id = 1, parent_span_id = 4, name = 5, attributes = 9 (key = 1, value = 2 with string_value = 1), events = 11 (time = 1, name = 2).
    private static void HoldsSpans(OtlpReceiver collector, LoadFleet fleet)
    {
        ProtoField[] spans = [.. collector.Messages("/v1/traces").SelectMany(message => message.Along(Records))];
        ProtoField[] good = [.. spans.Where(span => !Attributes(span).ContainsKey("iotattest.refusal"))];

        Assert.InRange(good.Length, 3, 1000);
        Assert.All(spans, span => Assert.Equal("evidence", span.First(5)!.Text));
        Assert.All(good, span =>
        {
            Assert.Equal(["received", "verified", "appraised", "stored"], span.All(11).Select(moment => moment.First(2)!.Text));
            ulong[] times = [.. span.All(11).Select(moment => moment.First(1)!.Value)];
            Assert.Equal(times.Order(), times);
            Assert.Contains(Attributes(span)["iotattest.ueid"], fleet.Boards.Select(board => board.Ueid));
            Assert.Equal("Conformant", Attributes(span)["iotattest.conformity"]);
        });
        Assert.Equal(spans.Length, spans.Select(span => Convert.ToHexString(span.First(1)!.Bytes)).Distinct().Count());
    }

    // LogRecord: body = 5 (string_value = 1), attributes = 6 (int_value = 3).
    private static void HoldsLogs(OtlpReceiver collector, LoadFleet fleet)
    {
        ProtoField[] records = [.. collector.Messages("/v1/logs").SelectMany(message => message.Along(Records))];

        ProtoField refused = records.Single(record => record.Along(5, 1).Any(body => body.Text.StartsWith($"Evidence of board {fleet.Boards[0].Ueid} refused: Malformed", StringComparison.Ordinal)));
        Assert.Equal(2001UL, refused.All(6).Single(pair => pair.First(1)!.Text == "logrecord.event.id").Along(2, 3).Single().Value);
    }

    private static void HoldsNoSecret(OtlpReceiver collector, string data, LoadFleet fleet)
    {
        string everything = string.Concat(collector.Taken.Select(request => Encoding.Latin1.GetString(request.Body)));
        string[] secrets = [.. Directory.GetFiles(data, "*.*").Where(file => Path.GetFileName(file) is "secrets.key" or "operator.token").Select(file => File.ReadAllText(file).Trim()), .. fleet.Boards.Select(board => board.Credential)];
        string metrics = string.Concat(collector.Taken.Where(request => request.Path == "/v1/metrics").Select(request => Encoding.Latin1.GetString(request.Body)));

        Assert.Equal(2 + fleet.Boards.Count, secrets.Length);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
        Assert.All(fleet.Boards, board => Assert.DoesNotContain(board.Ueid, metrics, StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string> Attributes(ProtoField span) => span.All(9).ToDictionary(pair => pair.First(1)!.Text, pair => pair.Along(2, 1).Single().Text);
}
