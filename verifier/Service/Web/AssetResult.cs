using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web;

/// <summary>Answers with an asset.</summary>
internal sealed class AssetResult(AssetStore.Asset asset) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        httpContext.Response.Headers.Vary = "Accept-Encoding";
        return PageBody.SendAsync(httpContext, asset.Bytes, asset.MediaType);
    }
}
