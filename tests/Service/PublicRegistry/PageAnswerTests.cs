using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.PublicRegistry;

/// <summary>Headers and forms of answers; what pages look like is for the browser tests.</summary>
public sealed class PageAnswerTests : IAsyncLifetime
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1"));
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Theory]
    [InlineData(Browser, "text/html")]
    [InlineData("*/*", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/html;q=0.5", "application/json")]
    [InlineData("text/html, application/json;q=0.5", "text/html")]
    [InlineData("text/html;q=0", "application/json")]
    [InlineData("application/jwt", "application/jwt")]
    [InlineData("application/cose", "application/rim+cose")]
    public async Task One_address_answers_each_in_its_form(string accept, string expected)
    {
        using HttpResponseMessage response = await GetAsync("/v1/certificates/DEMO-1", accept);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", response.Headers.Vary);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/v1/certificates/none", 404)]
    [InlineData("/v1/devices", 401)]
    [InlineData("/v1/search?limit=0", 400)]
    public async Task A_refusal_is_a_page_for_people_and_a_problem_for_programs(string path, int status)
    {
        using HttpResponseMessage page = await GetAsync(path, Browser);
        using HttpResponseMessage problem = await GetAsync(path, "*/*");

        Assert.Equal((status, status), ((int)page.StatusCode, (int)problem.StatusCode));
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/certificates/DEMO-1")]
    [InlineData("/nowhere")]
    public async Task A_page_allows_nothing_inline_and_nothing_from_elsewhere(string path)
    {
        using HttpResponseMessage response = await GetAsync(path, Browser);

        string policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        string html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch(" on[a-z]+=", html);
    }

    [Fact]
    public async Task Who_has_the_page_gets_304_until_the_status_changes()
    {
        using HttpResponseMessage first = await GetAsync("/certificates/DEMO-1", Browser);
        using HttpResponseMessage again = await GetAsync("/certificates/DEMO-1", Browser, first.Headers.ETag);
        await _work.TakeAsync(new { decision = "withdraw", reason = "test" });
        using HttpResponseMessage changed = await GetAsync("/certificates/DEMO-1", Browser, first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.True(changed.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Pages_are_sent_compressed(string encoding)
    {
        using HttpResponseMessage plain = await GetAsync("/", Browser);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Accept.ParseAdd(Browser);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using HttpResponseMessage response = await _work.Anybody.SendAsync(request);

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task What_others_wrote_is_shown_and_never_run()
    {
        const string Attack = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        await _work.TakeAsync(new { decision = "withdraw", reason = Attack });

        foreach (string path in new[] { "/certificates/DEMO-1", "/changes", $"/?q={Uri.EscapeDataString(Attack)}", $"/verify?q={Uri.EscapeDataString(Attack)}", $"/certificates/{Uri.EscapeDataString(Attack)}" })
        {
            using HttpResponseMessage response = await GetAsync(path, Browser);
            string html = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/?lang=de", "en", "de")]
    [InlineData("/", "de-AT, en;q=0.5", "de")]
    [InlineData("/", "fr, de;q=0.5", "de")]
    [InlineData("/", "fr", "en")]
    [InlineData("/?lang=xx", "de", "de")]
    public async Task The_language_is_the_one_asked_for_or_one_the_browser_takes(string path, string accepted, string expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.AcceptLanguage.ParseAdd(accepted);
        using HttpResponseMessage response = await _work.Anybody.SendAsync(request);

        Assert.Contains($"<html lang=\"{expected}\" dir=\"ltr\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, EntityTagHeaderValue? tag = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accept.Length > 0)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return await _work.Anybody.SendAsync(request);
    }
}
