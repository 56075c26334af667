using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using IotAttest.Service.Events;
using IotAttest.Service.Hosting.Tls;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Webhooks;

/// <summary>Sends one event to one webhook. No redirects, no proxy, no cookies; what comes back is not read.</summary>
internal sealed class WebhookSender : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly string Version = typeof(WebhookSender).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly WebhookTarget _target;
    private readonly SecretBox _box;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookSender(WebhookTarget target, SecretBox box, TimeProvider clock)
    {
        _target = target;
        _box = box;
        _clock = clock;
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = target.ConnectAsync,
            SslOptions = OutboundTls.Options,
            ConnectTimeout = Timeout,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _client = new HttpClient(handler) { Timeout = Timeout };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("IotAttest", Version));
    }

    /// <summary>Sends an event.</summary>
    /// <returns>Null when the receiver took it (2xx), else what happened, in words without anything the receiver wrote.</returns>
    public async Task<string?> SendAsync(WebhookRow webhook, EventView view, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(webhook.Url, UriKind.Absolute, out Uri? url) || _target.Refusal(url) is not null)
        {
            return "the address may not be called";
        }

        try
        {
            using HttpRequestMessage request = Request(url, webhook, view);
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException cause)
        {
            return $"no connection ({cause.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer within {Timeout.TotalSeconds} s";
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(Uri url, WebhookRow webhook, EventView view)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new WebhookBody(view.Type, view.At, view.Data), JsonSerializerOptions.Web);
        string id = $"evt_{view.Id}";
        long timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        byte[] secret = _box.Unwrap(webhook.Secret, WebhookRegistry.LabelOf(webhook.Id));
        HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", FormattableString.Invariant($"{timestamp}"));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(secret, id, timestamp, body));
        return request;
    }

    /// <summary>The payload as Standard Webhooks recommends it.</summary>
    private sealed record WebhookBody(string Type, string Timestamp, object Data);
}
