using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Web.Desk;

/// <summary>Takes a form: a page after it when all is well, and the same page with the refusal and with what was typed when not. Programs get the problem itself.</summary>
internal static class DeskForm
{
    public const string Done = "done";

    /// <param name="context">The request.</param>
    /// <param name="page">The page that the form stands on.</param>
    /// <param name="act">Does it.</param>
    public static async Task<IResult> TakeAsync(HttpContext context, PageResult page, Func<IFormCollection, Task<IResult>> act)
    {
        IFormCollection form = await FormGuard.ReadAsync(context);
        try
        {
            return await act(form);
        }
        catch (ProblemException refused) when (refused.Problem.Status < StatusCodes.Status500InternalServerError && Negotiation.PrefersHtml(context))
        {
            context.Features.Set(new FormFault(refused.Problem, form));

            // A page about something that does not exist fails again when it is rendered, and ends as the page of that error.
            return page.WithStatus(refused.Problem.Status);
        }
    }

    /// <summary>Goes to a page that says what was done: the text <c>done.{what}</c>.</summary>
    public static IResult After(string path, string what) => SeeOther.To(QueryHelpers.AddQueryString(path, Done, what));
}
