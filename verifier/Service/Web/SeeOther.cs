using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web;

/// <summary>After a form: the browser fetches a page, and reloading that page sends nothing again (RFC 9110 section 15.4.4).</summary>
internal sealed class SeeOther : IResult
{
    private readonly string _path;

    private SeeOther(string path) => _path = path;

    public static SeeOther To(string path) => new(path);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = _path;
        return Task.CompletedTask;
    }
}
