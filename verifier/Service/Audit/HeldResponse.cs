using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IotAttest.Service.Audit;

/// <summary>A response that lets nothing out, headers included, before <paramref name="beforeFirst"/> has ended.</summary>
internal sealed class HeldResponse(IHttpResponseBodyFeature response, Func<Task> beforeFirst)
    : StreamResponseBodyFeature(new HeldStream(response.Stream, beforeFirst), response)
{
    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await beforeFirst();
        await base.StartAsync(cancellationToken);
    }
}
