using System.Diagnostics;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Support;

namespace IotAttest.Conformance.Tests;

public sealed class ReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConformanceReport Report = Make("seen <b>|`text`\n[link](x)\\");

    [Fact]
    public void Equal_reports_have_equal_bytes() => Assert.Equal(ReportJson.Write(Report), ReportJson.Write(Make("seen <b>|`text`\n[link](x)\\")));

    [Fact]
    public void What_is_written_is_read_back_and_counted()
    {
        byte[] json = ReportJson.Write(Report);

        Assert.True(ReportSummary.TryRead(json, out ReportSummary? summary, out string? error), error);
        Assert.Equal(new ReportSummary("1.2.3", "mqtt", Sha256Digest.Of([1]).ToString(), 1, 1, 1), summary);
    }

    [Fact]
    public void Every_truncation_of_a_report_is_refused()
    {
        byte[] json = ReportJson.Write(Report);

        for (int length = 0; length < json.Length - 2; length++)
        {
            Assert.False(ReportSummary.TryRead(json.AsMemory(0, length), out _, out _), $"{length} bytes");
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"format":"iotattest-conformance-report/1"}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":[],"target":3,"modules":{}}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"1"},"target":{"kind":"moon"},"modules":[{"checks":[{"id":"a.b","outcome":"pass"}]}]}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"1"},"target":{"kind":"mqtt"},"modules":[]}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"1"},"target":{"kind":"mqtt"},"modules":[{"checks":[]}]}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"1"},"target":{"kind":"mqtt"},"modules":[{"checks":[{"id":"a.b","outcome":"fine"}]}]}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"1"},"target":{"kind":"mqtt"},"modules":[{"checks":[{"id":"a.b","outcome":"pass"}]}]}""")]
    [InlineData("""{"format":"iotattest-conformance-report/1","tool":{"version":"\uD800"},"target":{"kind":"mqtt"}}""")]
    [InlineData("""[[[[[[[[[[]]]]]]]]]]""")]
    public void What_is_no_report_is_refused(string json)
    {
        Assert.False(ReportSummary.TryRead(Encoding.UTF8.GetBytes(json), out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void The_longest_report_is_read_and_one_byte_more_is_not()
    {
        byte[] json = ReportJson.Write(Report);
        byte[] longest = [.. json, .. Enumerable.Repeat((byte)' ', ConformanceReport.MaxBytes - json.Length)];

        Assert.True(ReportSummary.TryRead(longest, out _, out _));
        Assert.False(ReportSummary.TryRead((byte[])[.. longest, (byte)' '], out _, out _));
    }

    [Fact]
    public void Html_is_whole_without_scripts_and_takes_no_markup_from_a_board()
    {
        string html = ReportHtml.Write(Report, Sha256Digest.Of([2]));

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("1 check FAILED: 1 passed, 1 failed, 1 did not apply.", html, StringComparison.Ordinal);
        Assert.Contains(Sha256Digest.Of([2]).ToString(), html, StringComparison.Ordinal);
        Assert.Contains("<caption>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_keeps_its_columns_whatever_a_board_says()
    {
        string[] lines = ReportMarkdown.Write(Report, Sha256Digest.Of([2])).Split('\n');
        string row = lines.Single(line => line.Contains("evidence.size", StringComparison.Ordinal));

        Assert.Equal("| `evidence.size` Size. | **FAIL** | seen \\<b\\>\\|\\`text\\` \\[link\\](x)\\\\ | less | EN 303 645 V3.1.3: 5.3-1; NIST IR 8425: Asset Identification |", row);
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut()
    {
        Assert.Equal(Finding.MaxTextLength, Finding.Pass(new string('x', Finding.MaxTextLength), "").Seen.Length);
        Assert.Equal($"{new string('x', Finding.MaxTextLength - 3)}...", Finding.Pass(new string('x', Finding.MaxTextLength + 1), "").Seen);
    }

    [RequiresToolFact("python3:jsonschema")]
    public async Task The_schema_takes_what_a_run_writes_and_refuses_what_it_does_not()
    {
        await using TestBench bench = TestBench.Start(Fault.P256());
        byte[] run = ReportJson.Write(await bench.RunAsync(ConformanceSuite.Find("manifest")!, ConformanceSuite.Find("key")!));
        byte[] empty = ReportJson.Write(await ConformanceRun.RunAsync(new ConformanceSubject { Kind = TargetKind.Evidence }, ConformanceSuite.Modules, "1.2.3", null, CancellationToken.None));
        string text = Encoding.UTF8.GetString(run);

        Assert.Equal("", Validate(run));
        Assert.Equal("", Validate(empty));
        Assert.NotEqual("", Validate(Encoding.UTF8.GetBytes(text.Replace("\"pass\"", "\"fine\"", StringComparison.Ordinal))));
        Assert.NotEqual("", Validate(Encoding.UTF8.GetBytes(text.Replace("sha256:", "sha512:", StringComparison.Ordinal))));
        Assert.Equal(8, JsonElement.Parse(empty).GetProperty("modules").GetArrayLength());
    }

    private static string Validate(byte[] json)
    {
        const string Program = "import json,sys,jsonschema; jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(sys.stdin.buffer))";
        string schema = Path.Combine(SharedData.Repository, "docs", "conformance-report.schema.json");
        using Process process = Process.Start(new ProcessStartInfo(Tools.Find("python3:jsonschema")!, ["-c", Program, schema]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.BaseStream.Write(json);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : error;
    }

    private static ConformanceReport Make(string seen) => new(
        "1.2.3",
        new ReportTarget("mqtt", null, null, Sha256Digest.Of([1]).ToString(), "1.2.0"),
        Start,
        Start.AddSeconds(90),
        [
            new ModuleResult("evidence", "Evidence",
            [
                new CheckResult("evidence.size", "Size.", [Requirements.Updatable, Requirements.Asset], Finding.Fail(seen, "less")),
                new CheckResult("evidence.claims", "Claims.", [Requirements.Asset], Finding.Pass("all", "all")),
                new CheckResult("evidence.nonce", "Nonce.", [Requirements.Asset], Finding.NotApplicable("none", "one")),
            ]),
        ]);
}
