using System.Collections.Concurrent;
using System.Net;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A collector: takes OTLP over HTTP and keeps the bodies by path.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string? Type, byte[] Body)> _taken = new();
    private readonly Task _loop;

    public OtlpReceiver()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _loop = TakeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<(string Path, string? Type, byte[] Body)> Taken => [.. _taken];

    public IEnumerable<ProtoField> Messages(string path) => Taken.Where(request => request.Path == path).Select(request => new ProtoField(0, request.Body, 0));

    public void Dispose()
    {
        _listener.Stop();
        _loop.Wait();
        _listener.Close();
    }

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ending) when (ending is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using MemoryStream body = new();
            await context.Request.InputStream.CopyToAsync(body);
            _taken.Enqueue((context.Request.Url!.AbsolutePath, context.Request.ContentType, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
