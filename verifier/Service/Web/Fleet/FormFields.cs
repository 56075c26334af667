using System.Text.Json;
using IotAttest.Service.Audit;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Forms as the JSON that the API takes: one place checks what may stand in it.</summary>
internal static class FormFields
{
    /// <summary>The reason of a decision; puts it on record.</summary>
    public static ReadOnlyMemory<byte> Reason(IFormCollection form, HttpContext context)
    {
        ReadOnlyMemory<byte> json = Json(new() { ["reason"] = Line(form["reason"].ToString()) });
        context.Features.Get<AuditTrail>()?.ReadReason(json);
        return json;
    }

    public static ReadOnlyMemory<byte> Json(Dictionary<string, object?> members) =>
        JsonSerializer.SerializeToUtf8Bytes(members.Where(member => member.Value is not (null or "")).ToDictionary());

    /// <summary>A text of several lines as one: browsers end lines with CR LF, and reasons hold no control characters.</summary>
    public static string Line(string text) => string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What was typed, or the text of the file that was chosen instead.</summary>
    public static async Task<string> TextOrFileAsync(IFormCollection form, string field, int maxBytes, CancellationToken cancellation)
    {
        string typed = form[field].ToString().Trim();
        if (typed.Length > 0 || form.Files.GetFile($"{field}-file") is not { Length: > 0 } file || file.Length > maxBytes)
        {
            return typed;
        }

        using StreamReader reader = new(file.OpenReadStream());
        return (await reader.ReadToEndAsync(cancellation)).Trim();
    }
}
