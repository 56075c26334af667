using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Web.Desk;

/// <summary>A form that was refused: the page is shown again with what was typed, and at the form why it cannot be taken.</summary>
/// <param name="problem">Why.</param>
/// <param name="form">What was typed.</param>
internal sealed class FormFault(Problem problem, IFormCollection form)
{
    public Problem Problem { get; } = problem;

    public IFormCollection Form { get; } = form;

    /// <summary>True once a form on the page said it.</summary>
    public bool IsShown { get; set; }

    /// <summary>True when the form is not on the page any more, because what it asked for cannot be asked for now: then the page says it at its beginning.</summary>
    public bool HasNoForm { get; set; }

    public static FormFault? Of(HttpContext context) => context.Features.Get<FormFault>();

    /// <summary>True when this very form was refused.</summary>
    public static bool Is(HttpContext context, (string Field, string Value) form) => Of(context) is { } fault && fault.Form[form.Field].ToString() == form.Value;

    /// <summary>What was typed into a field of the form that was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">A field and its value that tell this form from the others of the page.</param>
    /// <param name="field">The field.</param>
    /// <param name="otherwise">What stands in it at first.</param>
    public static string Kept(HttpContext context, (string Field, string Value) form, string field, string? otherwise = null) =>
        Is(context, form) ? Of(context)!.Form[field].ToString() : otherwise ?? "";

    /// <summary>Whether a box was ticked in the form that was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">A field and its value that tell this form from the others of the page.</param>
    /// <param name="box">The name of the box, and its value.</param>
    /// <param name="otherwise">Whether it is ticked at first.</param>
    public static bool IsTicked(HttpContext context, (string Field, string Value) form, (string Name, string Value) box, bool otherwise = false) =>
        Is(context, form) ? Of(context)!.Form.TryGetValue(box.Name, out StringValues values) && values.Contains(box.Value) : otherwise;
}
