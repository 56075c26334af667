using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>A page in a browser window of its own, with everything that went wrong while it was open.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<IRequest> _finished = [];

    private Visit(IBrowserContext context, IPage page, Look look)
    {
        _context = context;
        Look = look;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.RequestFinished += (_, request) => _finished.Add(request);
    }

    public IPage Page { get; }

    public Look Look { get; }

    /// <summary>What the browser wrote to its console, and errors of scripts.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Visit> StartAsync(IBrowser browser, Uri address, Look look)
    {
        BrowserNewContextOptions options = look.Options;
        options.BaseURL = address.ToString();
        IBrowserContext context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.Long.TotalMilliseconds);
        return new Visit(context, await context.NewPageAsync(), look);
    }

    public async Task<IResponse> GoAsync(string path)
    {
        _finished.Clear();
        return (await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load }))!;
    }

    /// <summary>Bytes that went over the line since the last address was opened, headers included.</summary>
    public async Task<int> TransferredAsync()
    {
        int sum = 0;
        foreach (IRequest request in _finished.ToArray())
        {
            RequestSizesResult sizes = await request.SizesAsync();
            sum += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        return sum;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
