using System.Text.Json;
using System.Text.Json.Serialization;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>The reply to one line of a batch: 201, 200, or the status and the members of the problem.</summary>
internal sealed record EnrolmentLine(int Line, int Status, string? Ueid, string? Kid, string? Credential, string? Code, string? Seen, string? Expected, string? Do)
{
    public static JsonSerializerOptions Json { get; } = new(ProblemJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static EnrolmentLine Of(int number, EnrolmentOutcome outcome) => new(
        number, outcome.Status, outcome.Ueid, outcome.Kid, outcome.Credential, outcome.Refusal?.Code, outcome.Refusal?.Seen, outcome.Refusal?.Expected, outcome.Refusal?.Do);
}
