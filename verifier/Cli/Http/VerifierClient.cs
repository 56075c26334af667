using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Http;

/// <summary>Talks to a running verifier. A refusal becomes a <see cref="CliException"/> with the verifier's own words.</summary>
internal sealed class VerifierClient : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private const int LargeBodyBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;

    public VerifierClient(Uri server, string? token)
    {
        // A redirect would carry the token to somebody else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = server,
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>False when requests carry no token.</summary>
    public bool HasToken => _http.DefaultRequestHeaders.Authorization is not null;

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Get, path, null, ReadJsonAsync, cancellation);

    public async Task<JsonElement> PostAsync(string path, object json, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Post, path, JsonContent.Create(json), ReadJsonAsync, cancellation);

    public async Task<JsonElement> PostAsync(string path, byte[] body, string mediaType, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Post, path, ContentOf(body, mediaType), ReadJsonAsync, cancellation);

    public async Task<JsonElement> PutAsync(string path, object json, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Put, path, JsonContent.Create(json), ReadJsonAsync, cancellation);

    public async Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Delete, path, null, ReadJsonAsync, cancellation);

    public async Task<JsonElement> DeleteAsync(string path, object json, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Delete, path, JsonContent.Create(json), ReadJsonAsync, cancellation);

    public async Task<JsonElement> PutAsync(string path, byte[] body, string mediaType, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Put, path, ContentOf(body, mediaType), ReadJsonAsync, cancellation);

    /// <summary>Posts JSON Lines and gives the lines of the answer.</summary>
    public async Task<string[]> PostLinesAsync(string path, byte[] lines, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Post, path, ContentOf(lines, "application/x-ndjson"), ReadLinesAsync, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        // Who sends much without asking meets a closed connection instead of the refusal (RFC 9110 section 10.1.1).
        request.Headers.ExpectContinue = content?.Headers.ContentLength > LargeBodyBytes;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? await read(response, cancellation)
                : throw Refusals.Of(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (HttpRequestException cause)
        {
            throw CliException.Fault($"no answer from {_http.BaseAddress} ({cause.Message})", "a running verifier", "start one with: iotattest serve, or name another with --server");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw CliException.Fault($"no answer from {_http.BaseAddress} within {Patience.TotalMinutes} minutes", "an answer", "look at the verifier's log and try again");
        }
    }

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            return body.Length == 0 ? JsonSerializer.SerializeToElement(new { status = (int)response.StatusCode }) : JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            throw CliException.Fault($"an answer that is no JSON ({response.Content.Headers.ContentType})", "JSON of a verifier", "check --server: is it an IotAttest verifier?");
        }
    }

    private static async Task<string[]> ReadLinesAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        string text = await response.Content.ReadAsStringAsync(cancellation);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static ByteArrayContent ContentOf(byte[] body, string mediaType) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
