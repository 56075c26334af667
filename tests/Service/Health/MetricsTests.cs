using System.Diagnostics;
using System.Globalization;
using IotAttest.Domain.Evidence;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Health;

public sealed class MetricsTests
{
    [Theory]
    [InlineData("alerts.yml", 13)]
    [InlineData("grafana.json", 14)]
    public async Task Every_metric_that_a_file_in_deploy_asks_for_is_exposed(string file, int atLeast)
    {
        // A broker's and a cluster's stand there only with one; neither has to be there.
        string credential = Path.GetTempFileName();
        await File.WriteAllTextAsync(credential, "user:word");
        await using VerifierUnderTest behindBroker = await VerifierUnderTest.StartAsync(change: options => options with { Broker = new Uri("mqtt://127.0.0.1:1") });
        await using VerifierUnderTest behindCluster = await VerifierUnderTest.StartAsync(change: options => options with { Cluster = "amqp://127.0.0.1:1", ClusterCredentialFile = credential });

        HashSet<string> exposed = [.. MetricNames.Exposed(await ReadAsync(behindBroker)), .. MetricNames.Exposed(await ReadAsync(behindCluster))];
        File.Delete(credential);

        string[] asked = MetricNames.Asked(file);
        Assert.True(asked.Length >= atLeast, $"{file} asks for {asked.Length}");
        Assert.Empty(asked.Except(exposed));
    }

    [Fact]
    public async Task Names_that_others_read_stay()
    {
        string[] first = ["iotattest_devices", "iotattest_organisations", "iotattest_store_healthy", "iotattest_evidence_accepted_total", "iotattest_evidence_repeated_total"];
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();

        HashSet<string> exposed = MetricNames.Exposed(await ReadAsync(verifier));

        Assert.Empty(first.Except(exposed));
    }

    [Fact]
    public async Task Refusals_are_there_in_one_form_by_code_with_0_from_the_start()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();

        string text = await ReadAsync(verifier);

        Assert.All(Enum.GetNames<RefusalCode>(), code => Assert.Equal(0, Value(text, $"iotattest_evidence_refused_total{{code=\"{code}\"}}")));
        Assert.Equal(
            ["accepted_total", "duration_seconds_bucket", "duration_seconds_count", "duration_seconds_sum", "refused_total", "repeated_total", "verdicts_total"],
            MetricNames.Exposed(text).Where(name => name.StartsWith("iotattest_evidence_", StringComparison.Ordinal)).Select(name => name["iotattest_evidence_".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Evidence_is_counted_timed_and_seen_by_conformity_without_the_name_of_a_board()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        byte[] evidence = board.Evidence(await board.ChallengeAsync());
        using HttpClient anybody = verifier.Anybody();

        await anybody.PostBytesAsync("/v1/evidence", evidence, TestBoard.EvidenceType).AssertStatusAsync(200);
        await anybody.PostBytesAsync("/v1/evidence", evidence, TestBoard.EvidenceType).AssertStatusAsync(409);
        await anybody.PostBytesAsync("/v1/evidence", [1, 2, 3], TestBoard.EvidenceType).AssertStatusAsync(400);
        string text = await ReadAsync(verifier);

        Assert.Equal(1, Value(text, "iotattest_evidence_accepted_total"));
        Assert.Equal(1, Value(text, "iotattest_evidence_repeated_total"));
        Assert.Equal(1, Value(text, "iotattest_evidence_refused_total{code=\"Malformed\"}"));
        Assert.Equal(1, Value(text, "iotattest_evidence_verdicts_total{conformity=\"Unknown\"}") + Value(text, "iotattest_evidence_verdicts_total{conformity=\"Compromised\"}"));
        Assert.Equal(1, Value(text, "iotattest_evidence_duration_seconds_count"));
        Assert.Equal(1, Value(text, "iotattest_evidence_duration_seconds_bucket{le=\"+Inf\"}"));
        Assert.Equal(1, Value(text, "iotattest_devices"));
        Assert.True(Value(text, "iotattest_store_commits_total") >= 2);
        Assert.DoesNotContain(board.Ueid, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_verifiers_in_one_process_count_apart()
    {
        await using VerifierUnderTest first = await VerifierUnderTest.StartAsync();
        await using VerifierUnderTest second = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await first.OrganisationAsync("acme", "manufacturer");

        Assert.Equal(1, Value(await ReadAsync(first), "iotattest_organisations"));
        Assert.Equal(0, Value(await ReadAsync(second), "iotattest_organisations"));
    }

    [RequiresToolFact("promtool")]
    public async Task Prometheus_takes_the_metrics_and_the_alert_rules()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();

        (int metrics, string metricsSaid) = await PromtoolAsync(await ReadAsync(verifier), "check", "metrics", "--extended");
        (int rules, string rulesSaid) = await PromtoolAsync("", "check", "rules", MetricNames.Deploy("alerts.yml"));

        Assert.True(metrics == 0, metricsSaid);
        Assert.True(rules == 0, rulesSaid);
    }

    [RequiresToolTheory("promtool")]
    [InlineData(600, true)]
    [InlineData(30, false)]
    public async Task The_alert_about_refusals_fires_when_they_are_many_and_not_when_they_are_few(int refusedAMinute, bool fires)
    {
        string test = Path.GetTempFileName();
        await File.WriteAllTextAsync(test, $$"""
            rule_files: [{{MetricNames.Deploy("alerts.yml")}}]
            tests:
              - interval: 1m
                input_series:
                  - { series: 'iotattest_evidence_refused_total{job="iotattest",instance="a",code="NonceUsed"}', values: '0+{{refusedAMinute}}x40' }
                  - { series: 'iotattest_evidence_accepted_total{job="iotattest",instance="a"}', values: '0+60x40' }
                promql_expr_test:
                  - expr: count(ALERTS{alertname="IotAttestRefusals",alertstate="firing",instance="a"})
                    eval_time: 30m
                    exp_samples: [{{(fires ? "{ labels: '{}', value: 1 }" : "")}}]
            """);

        (int exitCode, string said) = await PromtoolAsync("", "test", "rules", test);
        File.Delete(test);

        Assert.True(exitCode == 0, said);
    }

    private static async Task<string> ReadAsync(VerifierUnderTest verifier)
    {
        using HttpClient anybody = verifier.Anybody();
        return await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative));
    }

    private static double Value(string text, string sample) =>
        double.Parse(text.Split('\n').Single(line => line.StartsWith($"{sample} ", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture);

    private static async Task<(int ExitCode, string Said)> PromtoolAsync(string input, params string[] words)
    {
        ProcessStartInfo start = new(Tools.Find("promtool")!, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
