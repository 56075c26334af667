using System.Net;
using System.Text;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>An HTTP listener that answers as a test says and keeps what it was asked.</summary>
internal sealed class StubVerifier : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<StubRequest, (int Status, string Body)> _answer;
    private readonly Task _serving;
    private volatile bool _isStopping;

    public StubVerifier(Func<StubRequest, (int Status, string Body)> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public List<StubRequest> Requests { get; } = [];

    public void Dispose()
    {
        _isStopping = true;
        _listener.Stop();
        _serving.Wait();
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception stopped) when (stopped is HttpListenerException || (stopped is InvalidOperationException && _isStopping))
            {
                // Stopped while it waited, or just before it began to.
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        StubRequest request = new(
            $"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}", context.Request.Headers["Authorization"], context.Request.ContentType, body.ToArray());
        Requests.Add(request);
        (int status, string answer) = _answer(request);
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        context.Response.Close();
    }
}
