using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Desk;

/// <summary>A form that was refused: the page is shown again with what was typed and why it cannot be taken.</summary>
internal sealed record FormFault(Problem Problem, IFormCollection Form)
{
    public static FormFault? Of(HttpContext context) => context.Features.Get<FormFault>();

    /// <summary>True when this very form was refused.</summary>
    public static bool Is(HttpContext context, (string Field, string Value) form) => Of(context) is { } fault && fault.Form[form.Field].ToString() == form.Value;

    /// <summary>What was typed into a field of the form that was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">A field and its value that tell this form from the others of the page.</param>
    /// <param name="field">The field.</param>
    public static string Kept(HttpContext context, (string Field, string Value) form, string field) =>
        Is(context, form) ? Of(context)!.Form[field].ToString() : "";
}
