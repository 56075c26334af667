using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.MakerDesk;

/// <summary>The conformance statement of an application, a field for the claim and one for the note of each requirement.</summary>
internal static class AnswerRows
{
    public const string Claim = "claim:";
    public const string Note = "note:";

    public static JsonArray Of(IFormCollection form)
    {
        JsonArray rows = [];
        foreach (string field in form.Keys.Where(key => key.StartsWith(Claim, StringComparison.Ordinal) && form[key].ToString().Length > 0))
        {
            string requirement = field[Claim.Length..];
            JsonObject row = new() { ["requirement"] = requirement, ["claim"] = form[field].ToString() };
            if (form[Note + requirement].ToString().Trim() is { Length: > 0 } note)
            {
                row["note"] = note;
            }

            rows.Add(row);
        }

        return rows;
    }
}
