using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>One user of Veraison's load test: picks a task at random, sends its requests one after the other, waits for each answer, and does not think in between.</summary>
internal sealed class VeraisonUser : IDisposable
{
    private static readonly MediaTypeWithQualityHeaderValue SignedResult = new("application/eat+jwt");

    private readonly VerifierSite _site;
    private readonly EvidenceMaker _board;
    private readonly ECDsa _makerKey;
    private readonly HttpClient _http;

    public VeraisonUser(VerifierSite site, EvidenceMaker board)
    {
        _site = site;
        _board = board;
        _makerKey = ECDsa.Create(site.MakerKey);
        _http = new HttpClient { BaseAddress = site.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", site.Token) } };
    }

    /// <summary>Latencies in milliseconds, by request.</summary>
    public Dictionary<UserRequest, List<double>> Latencies { get; } = [];

    /// <summary>Requests that failed.</summary>
    public Dictionary<UserRequest, int> Failed { get; } = [];

    /// <summary>Works until it is told to stop; a task that has begun is ended.</summary>
    public async Task RunAsync(IReadOnlyList<UserTask> tasks, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            switch (tasks[Random.Shared.Next(tasks.Count)])
            {
                case UserTask.WellKnown:
                    await SendAsync(UserRequest.WellKnown, () => Get("/v1/keys", null));
                    break;
                case UserTask.Provision:
                    byte[] build = _site.NextBuild(_makerKey);
                    await SendAsync(UserRequest.Provision, () => Post("/v1/builds", build, "application/rim+cose"));
                    break;
                default:
                    await VerifyAsync();
                    break;
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _makerKey.Dispose();
    }

    private async Task VerifyAsync()
    {
        byte[]? challenge = await SendAsync(UserRequest.Challenge, () => new HttpRequestMessage(HttpMethod.Post, "/v1/challenges") { Content = JsonContent.Create(new { ueid = _board.Ueid }) });
        if (challenge is null)
        {
            return;
        }

        byte[] nonce = Base64Url.DecodeFromChars(JsonElement.Parse(challenge).GetProperty("challenge").GetString());
        byte[] evidence = _board.Make(nonce);
        if (await SendAsync(UserRequest.Evidence, () => Post("/v1/evidence", evidence, "application/eat+cwt")) is not null)
        {
            await SendAsync(UserRequest.Result, () => Get($"/v1/devices/{_board.Ueid}/result", SignedResult));
        }
    }

    /// <returns>The answer, or null when it is none or not a success.</returns>
    private async Task<byte[]?> SendAsync(UserRequest kind, Func<HttpRequestMessage> make)
    {
        long sent = Stopwatch.GetTimestamp();
        byte[]? answer = await AnswerAsync(make);
        if (!Latencies.TryGetValue(kind, out List<double>? latencies))
        {
            Latencies[kind] = latencies = [];
        }

        latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        if (answer is null)
        {
            Failed[kind] = Failed.GetValueOrDefault(kind) + 1;
        }

        return answer;
    }

    private async Task<byte[]?> AnswerAsync(Func<HttpRequestMessage> make)
    {
        using HttpRequestMessage request = make();
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request);
            byte[] answer = await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? answer : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            // Counted as failed: what a run with too many users is about.
            return null;
        }
    }

    private static HttpRequestMessage Get(string path, MediaTypeWithQualityHeaderValue? accepted)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        if (accepted is not null)
        {
            request.Headers.Accept.Add(accepted);
        }

        return request;
    }

    private static HttpRequestMessage Post(string path, byte[] body, string type) =>
        new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
}
