using System.Text;
using IotAttest.Service.Web;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Registry.Label;

/// <summary>A drawing that shops and makers embed: kept for a minute at most, so that it follows the status.</summary>
internal sealed class LabelResult(string svg) : IResult
{
    public const string MediaType = "image/svg+xml";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "public, max-age=60, must-revalidate";
        httpContext.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return PageBody.SendAsync(httpContext, Encoding.UTF8.GetBytes(svg), $"{MediaType}; charset=utf-8");
    }
}
