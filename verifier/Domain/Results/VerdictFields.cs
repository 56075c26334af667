using System.Globalization;
using System.Text.Json.Nodes;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Results;

/// <summary>A verdict as named fields, for comparing two of them; in English.</summary>
public static class VerdictFields
{
    /// <summary>All fields of a verdict, in one order.</summary>
    public static JsonObject Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new JsonObject
        {
            ["conformity"] = verdict.Conformity.ToString(),
            ["drift"] = Texts(verdict.Drift.Words()),
            ["conditions"] = Texts(verdict.Conditions.Words()),
            ["advisories"] = Texts(verdict.Advisories),
            ["evidenceStrength"] = verdict.Strength.Word(),
            ["asOf"] = Time(verdict.AsOf),
            ["expiresAt"] = Time(verdict.ExpiresAt),
            ["build"] = verdict.Build,
            ["certificates"] = Texts(verdict.Certificates),
            ["components"] = new JsonArray([.. verdict.Components.Select(component => new JsonObject { ["name"] = component.Name, ["reported"] = component.Reported, ["expected"] = component.Expected })]),
            ["trustVector"] = new JsonArray(verdict.Vector.InstanceIdentity, verdict.Vector.Configuration, verdict.Vector.Executables, verdict.Vector.Hardware),
            ["status"] = verdict.Vector.Status,
            ["policies"] = Texts(verdict.Policies),
            ["nextStep"] = verdict.NextStep,
            ["responsible"] = verdict.Responsible,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
