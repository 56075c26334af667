using System.Text.Json;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>What a body decides about an application. That a certificate was issued follows from submitting it.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record ApplicationStepRequest(string Decision, string? Reason, string? Laboratory, bool? IsPublic)
{
    public const string Evaluate = "evaluate";
    public const string Refusal = "refuse";

    private const int MaxWordLength = 64;
    private const int MaxReasonLength = 1000;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static ApplicationStepRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "decision", "reason", "laboratory", "isPublic");
        string decision = fields.Text("decision", MaxWordLength);
        if (decision is not (Evaluate or Refusal))
        {
            throw fields.Wrong("decision", $"\"{decision}\"", $"{Evaluate} or {Refusal}; a certificate is issued with POST /v1/certificates");
        }

        string? laboratory = fields.OptionalText("laboratory", MaxWordLength);
        bool? isPublic = PublicOf(fields);
        return decision == Refusal && (laboratory is not null || isPublic is not null)
            ? throw fields.Wrong(laboratory is null ? "isPublic" : "laboratory", $"given with \"{decision}\"", "no such member with this decision")
            : new ApplicationStepRequest(decision, fields.OptionalText("reason", MaxReasonLength), laboratory, isPublic);
    }

    private static bool? PublicOf(RequestFields fields) => fields.Element("isPublic") switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw fields.Wrong("isPublic", $"{other.ValueKind}", "true or false"),
    };
}
