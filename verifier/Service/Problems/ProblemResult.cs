using System.Reflection;
using IotAttest.Service.Hosting;
using IotAttest.Service.Web;
using IotAttest.Service.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace IotAttest.Service.Problems;

/// <summary>Answers with a problem, or for a browser with a page that says the same; the only place that writes one.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Negotiation.PrefersHtml(httpContext))
        {
            return new PageResult(typeof(ErrorPage), Parameters(), problem.Status).ExecuteAsync(httpContext);
        }

        httpContext.Response.StatusCode = problem.Status;
        return httpContext.Response.WriteAsJsonAsync(problem, ProblemJson.Options, Problem.MediaType, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(Problem), [Problem.MediaType]));

    private Dictionary<string, object?> Parameters() => new()
    {
        [nameof(ErrorPage.Status)] = problem.Status,
        [nameof(ErrorPage.Seen)] = problem.Seen,
        [nameof(ErrorPage.Expected)] = problem.Expected,
        [nameof(ErrorPage.Do)] = problem.Do,
    };
}
