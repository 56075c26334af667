using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace IotAttest.Service.Tests;

/// <summary>Short forms for JSON over HTTP.</summary>
internal static class HttpCalls
{
    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, object body) =>
        client.PostTextAsync(path, JsonSerializer.Serialize(body));

    public static Task<HttpResponseMessage> PutJsonAsync(this HttpClient client, string path, object body) =>
        client.PutBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(body), "application/json");

    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string body, string mediaType = "application/json") =>
        client.PostBytesAsync(path, Encoding.UTF8.GetBytes(body), mediaType);

    public static Task<HttpResponseMessage> PutBytesAsync(this HttpClient client, string path, byte[] body, string mediaType) =>
        client.SendBytesAsync(HttpMethod.Put, path, body, mediaType);

    public static async Task<HttpResponseMessage> DeleteJsonAsync(this HttpClient client, string path, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        return await client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostBytesAsync(this HttpClient client, string path, byte[] body, string mediaType) =>
        client.SendBytesAsync(HttpMethod.Post, path, body, mediaType);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    /// <summary>Events so far, as a page: who does not ask for JSON listens for ever.</summary>
    public static async Task<JsonElement[]> EventsAsync(this HttpClient client, string type)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/events?since=0&types={type}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray()];
    }

    public static async Task<int> StatusAsync(this Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage response = await call;
        return (int)response.StatusCode;
    }

    public static async Task AssertStatusAsync(this Task<HttpResponseMessage> call, int status)
    {
        using HttpResponseMessage response = await call;
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Asserts a complete problem and returns it.</summary>
    public static async Task<JsonElement> AssertProblemAsync(this Task<HttpResponseMessage> call, int status, string code)
    {
        using HttpResponseMessage response = await call;
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.JsonAsync();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.Text("code"));
        Assert.All(["type", "title", "seen", "expected", "do"], name => Assert.NotEmpty(problem.Text(name)));
        return problem;
    }

    private static async Task<HttpResponseMessage> SendBytesAsync(this HttpClient client, HttpMethod method, string path, byte[] body, string mediaType)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative)) { Content = content };
        // A refusal for size closes the connection: who sends on meanwhile may never read it.
        request.Headers.ExpectContinue = body.Length > 64 * 1024;
        return await client.SendAsync(request);
    }
}
