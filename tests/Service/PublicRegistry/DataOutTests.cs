using System.Text.Json;
using System.Xml.Linq;
using IotAttest.Service.Registry;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed class DataOutTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1"));
        using TestBoard board = new(_work.Verifier);
        await board.EnrolAsync();
        await board.AttestAsync();
        await _work.TakeAsync(new { decision = "withdraw", reason = "=cmd|' /C calc'!A0, \"quoted\"" });
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Fact]
    public async Task Changes_tell_of_certificates_builds_and_keys_and_never_of_a_board()
    {
        JsonElement page = await _work.Anybody.GetJsonAsync("/v1/registry/changes?since=0");

        string[] types = [.. page.GetProperty("changes").EnumerateArray().Select(change => change.Text("type"))];
        Assert.Equal(["organisation.key", "organisation.key", "build.submitted", "certificate.status", "certificate.status"], types);
        Assert.DoesNotContain("ueid", page.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_follows_the_cursor_gets_each_change_once()
    {
        List<string> seen = [];
        string since = "0";
        for (int i = 0; i < 6; i++)
        {
            JsonElement page = await _work.Anybody.GetJsonAsync($"/v1/registry/changes?since={since}&limit=1");
            seen.AddRange(page.GetProperty("changes").EnumerateArray().Select(change => change.Text("id")));
            since = page.Text("next");
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.Distinct(), seen);
        await _work.IssueAsync(_work.Certificate("DEMO-2"));
        JsonElement news = await _work.Anybody.GetJsonAsync($"/v1/registry/changes?since={since}");
        Assert.Equal("DEMO-2", news.GetProperty("changes")[0].GetProperty("data").Text("certificate"));
    }

    [Fact]
    public async Task The_feed_is_Atom_with_the_newest_first_and_stable_ids()
    {
        XElement feed = XElement.Parse(await _work.Anybody.GetStringAsync(new Uri("/v1/feed.atom", UriKind.Relative)));

        XElement[] entries = [.. feed.Elements(Atom + "entry")];
        Assert.Equal(5, entries.Length);
        Assert.Equal("DEMO-1: Withdrawn", entries[0].Element(Atom + "title")!.Value);
        Assert.Equal(feed.Element(Atom + "updated")!.Value, entries[0].Element(Atom + "updated")!.Value);
        Assert.Equal(5, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.All(entries, entry => Assert.True(Uri.IsWellFormedUriString(entry.Element(Atom + "link")!.Attribute("href")!.Value, UriKind.Absolute)));
    }

    [Fact]
    public async Task Csv_and_JSON_Lines_hold_every_certificate_as_the_registry_shows_it()
    {
        await _work.IssueAsync(_work.Certificate("DEMO-2"));

        string[] csv = (await _work.Anybody.GetStringAsync(new Uri("/v1/export/certificates.csv", UriKind.Relative))).Split("\r\n");
        string[] lines = (await _work.Anybody.GetStringAsync(new Uri("/v1/export/certificates.jsonl", UriKind.Relative))).Split('\n');

        Assert.StartsWith("id,status,inForce,scheme,", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("DEMO-1,Withdrawn,false,demo,substantial,reviewed,demo-cb,acme,", csv[1], StringComparison.Ordinal);
        Assert.Equal("", csv[3]);
        Assert.Equal(3, lines.Length);
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal((await _work.ReadAsync("DEMO-2")).GetRawText(), second.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("a=b", "a=b")]
    [InlineData(null, "")]
    public void Rfc4180_2_a_field_is_quoted_where_it_must_be_and_never_a_formula(string? field, string expected) =>
        Assert.Equal($"{expected}\r\n", CsvLine.Of([field]));
}
