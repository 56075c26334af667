using System.Text;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Web;

/// <summary>Answers with a page: a Razor component rendered once, on the server. No circuit, no state, nothing that needs JavaScript.</summary>
/// <param name="component">The component.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class PageResult(Type component, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK) : IResult
{
    private const string Html = "text/html; charset=utf-8";

    public static PageResult Of<TPage>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent => new(typeof(TPage), ToDictionary(parameters));

    /// <summary>The same page with another status, when it shows again what was refused.</summary>
    public PageResult WithStatus(int other) => new(component, parameters, other);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        PageContext page = httpContext.RequestServices.GetRequiredService<PageContext>();
        page.Begin(httpContext);
        string html = await RenderAsync(httpContext.RequestServices);
        if (FormFault.Of(httpContext) is { IsShown: false } fault)
        {
            fault.HasNoForm = true;
            html = await RenderAsync(httpContext.RequestServices);
        }

        httpContext.Response.StatusCode = status;
        PageHeaders.Set(httpContext.Response);
        await PageBody.SendAsync(httpContext, Encoding.UTF8.GetBytes(html), Html, page.HoldsSecret);
    }

    private async Task<string> RenderAsync(IServiceProvider services)
    {
        await using HtmlRenderer renderer = new(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static Dictionary<string, object?> ToDictionary(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Dictionary<string, object?> named = [];
        foreach ((string name, object? value) in parameters)
        {
            named[name] = value;
        }

        return named;
    }
}
