using System.Data.Common;
using System.Text;
using System.Text.Json;
using IotAttest.Conformance;
using IotAttest.Domain.Corim;
using IotAttest.Service.Reports;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Reports;

/// <summary>Conformance reports beside builds: who may attach them, what they must name, and that they stay.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _laboratory = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        _laboratory = await _work.Verifier.OrganisationAsync("lab", "laboratory");
    }

    public async Task DisposeAsync()
    {
        _laboratory.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task A_report_is_attached_once_shown_with_the_build_and_read_back_byte_for_byte()
    {
        byte[] report = ReportFiles.Bytes(_work.ManifestFile, isFailed: true);
        string digest = Sha256Digest.Of(report).ToString();

        using HttpResponseMessage first = await AttachAsync(_laboratory, report);
        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal($"/v1/reports/{digest}", first.Headers.Location!.ToString());
        Assert.Equal(200, await AttachAsync(_laboratory, report).StatusAsync());

        JsonElement build = await _work.Anybody.GetJsonAsync(Route());
        JsonElement shown = build.GetProperty("reports").EnumerateArray().Single();
        Assert.Equal(
            (digest, "lab", "laboratory", "2026-11-22T12:00:00Z", "mqtt", "0.1.0"),
            (shown.Text("digest"), shown.Text("attachedBy"), shown.Text("role"), shown.Text("attachedAt"), shown.Text("target"), shown.Text("toolVersion")));
        Assert.Equal((1, 1, 1), (shown.GetProperty("pass").GetInt32(), shown.GetProperty("fail").GetInt32(), shown.GetProperty("notApplicable").GetInt32()));
        Assert.Equal(["submitted", "report"], build.GetProperty("history").EnumerateArray().Select(entry => entry.Text("event")));
        Assert.Equal(shown.GetRawText(), (await _work.Anybody.GetJsonAsync(Route("/reports"))).GetProperty("reports")[0].GetRawText());
        Assert.Equal(report, await _work.Anybody.GetByteArrayAsync(new Uri($"/v1/reports/{digest}", UriKind.Relative)));
    }

    [Fact]
    public async Task Several_organisations_stand_behind_one_report_each_in_its_role()
    {
        byte[] report = ReportFiles.Bytes(_work.ManifestFile);
        using HttpClient operators = _work.Verifier.Operator();
        await _work.IssueAsync(_work.Certificate());

        foreach (HttpClient by in new[] { _work.Maker, _laboratory, _work.Body, operators })
        {
            Assert.Equal(201, await AttachAsync(by, report).StatusAsync());
        }

        JsonElement[] shown = [.. (await _work.Anybody.GetJsonAsync(Route("/reports"))).GetProperty("reports").EnumerateArray()];
        Assert.Equal(["manufacturer", "laboratory", "body", "operator"], shown.Select(each => each.Text("role")));
        Assert.Single(shown.Select(each => each.Text("digest")).Distinct());
    }

    [Fact]
    public async Task A_body_speaks_about_what_it_certified_and_a_maker_about_its_own_builds_alone()
    {
        byte[] report = ReportFiles.Bytes(_work.ManifestFile);
        using HttpClient other = await _work.Verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient integrator = await _work.Verifier.OrganisationAsync("fleet", "integrator");

        await AttachAsync(_work.Body, report).AssertProblemAsync(403, "Forbidden");
        await AttachAsync(other, report).AssertProblemAsync(403, "Forbidden");
        await AttachAsync(integrator, report).AssertProblemAsync(403, "Forbidden");
        await AttachAsync(_work.Anybody, report).AssertProblemAsync(401, "NoLogin");

        Assert.Equal(0, (await _work.Anybody.GetJsonAsync(Route("/reports"))).GetProperty("reports").GetArrayLength());
    }

    [Fact]
    public async Task A_report_about_another_build_or_about_none_is_refused()
    {
        string text = ReportFiles.Text(_work.ManifestFile);

        await AttachAsync(_work.Maker, ReportFiles.Bytes([1, 2, 3])).AssertProblemAsync(422, "OtherBuild");
        await AttachAsync(_work.Maker, Encoding.UTF8.GetBytes(text.Replace("\"manifestDigest\"", "\"manifest\"", StringComparison.Ordinal))).AssertProblemAsync(422, "OtherBuild");
        await _work.Maker.PostBytesAsync("/v1/builds/none/reports", ReportFiles.Bytes(_work.ManifestFile), "application/json").AssertProblemAsync(404, "NotFound");
        await _work.Anybody.GetAsync(new Uri("/v1/builds/none/reports", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Theory]
    [InlineData("\"pass\": 1", "\"pass\": 2")]
    [InlineData("\"outcome\": \"fail\"", "\"outcome\": \"pass\"")]
    [InlineData("iotattest-conformance-report/1", "iotattest-conformance-report/2")]
    [InlineData("\"modules\"", "\"module\"")]
    public async Task What_is_no_report_or_was_changed_by_hand_is_malformed(string old, string changed)
    {
        string text = Encoding.UTF8.GetString(ReportFiles.Bytes(_work.ManifestFile, isFailed: true));
        Assert.Contains(old, text, StringComparison.Ordinal);

        await AttachAsync(_work.Maker, Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal))).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Sizes_types_and_numbers_are_bounded()
    {
        byte[] report = ReportFiles.Bytes(_work.ManifestFile);
        byte[] longest = [.. report, .. Enumerable.Repeat((byte)' ', ConformanceReport.MaxBytes - report.Length)];

        await AttachAsync(_work.Maker, [.. longest, (byte)' ']).AssertProblemAsync(413, "TooLarge");
        await _work.Maker.PostBytesAsync(Route("/reports"), report, "text/plain").AssertProblemAsync(415, "WrongMediaType");
        Assert.Equal(201, await AttachAsync(_work.Maker, longest).StatusAsync());
        for (int i = 1; i < ReportRegistry.MaxReports; i++)
        {
            Assert.Equal(201, await AttachAsync(_work.Maker, ReportFiles.Bytes(_work.ManifestFile, seen: $"{i}")).StatusAsync());
        }

        await AttachAsync(_work.Maker, ReportFiles.Bytes(_work.ManifestFile, seen: "one more")).AssertProblemAsync(409, "Conflict");
        Assert.Equal(201, await AttachAsync(_laboratory, report).StatusAsync());
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("none")]
    public async Task A_digest_that_names_no_report_is_not_found(string digest) =>
        await _work.Anybody.GetAsync(new Uri($"/v1/reports/{digest}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");

    [Theory]
    [InlineData("DELETE FROM reports")]
    [InlineData("UPDATE reports SET file = x'00'")]
    [InlineData("DELETE FROM build_reports")]
    [InlineData("UPDATE build_reports SET fail = 0")]
    public async Task The_database_itself_keeps_reports_as_they_are(string statement)
    {
        Assert.Equal(201, await AttachAsync(_work.Maker, ReportFiles.Bytes(_work.ManifestFile, isFailed: true)).StatusAsync());

        using DbConnection connection = _work.Verifier.Services.GetRequiredService<Database>().Open();
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand above.
        command.CommandText = statement;
#pragma warning restore CA2100

        Assert.ThrowsAny<DbException>(() => command.ExecuteNonQuery());
    }

    private string Route(string rest = "") => $"/v1/builds/{_work.Manifest.CorimId}{rest}";

    private Task<HttpResponseMessage> AttachAsync(HttpClient by, byte[] report) => by.PostBytesAsync(Route("/reports"), report, "application/json");
}
