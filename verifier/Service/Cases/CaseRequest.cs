using System.Text.Json;
using IotAttest.Domain.Cases;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Cases;

/// <summary>What opens a case.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record CaseRequest(string Type, string? Certificate, long? Application, int? Decision, string Summary)
{
    private const int MaxWordLength = 128;
    private const int MaxSummaryLength = 1000;

    /// <summary>The words of all types.</summary>
    public static string Types { get; } = string.Join(", ", Enum.GetValues<CaseType>().Select(EnumWord.Of));

    /// <summary>The type of that word, or null.</summary>
    public static CaseType? TypeOf(string word) => Enum.GetValues<CaseType>().Where(type => EnumWord.Of(type) == word).Select(type => (CaseType?)type).FirstOrDefault();

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static CaseRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "type", "certificate", "application", "decision", "summary");
        string type = fields.Text("type", MaxWordLength);
        if (TypeOf(type) is not { } kind)
        {
            throw fields.Wrong("type", $"\"{type}\"", Types);
        }

        string? certificate = fields.OptionalText("certificate", MaxWordLength);
        long? application = NumberOf(fields, "application");
        long? decision = NumberOf(fields, "decision");
        if (certificate is null == application is null)
        {
            throw fields.Wrong("certificate", certificate is null ? "absent, and so is \"application\"" : "given beside \"application\"", "one of the two");
        }

        return decision is null != (kind == CaseType.Appeal) && decision is null or <= 1_000_000
            ? new CaseRequest(type, certificate, application, (int?)decision, fields.Text("summary", MaxSummaryLength))
            : throw fields.Wrong("decision", decision is null ? "absent" : "given", "the number of the contested decision in the history, with an appeal alone");
    }

    public CaseType Kind => TypeOf(Type)!.Value;

    private static long? NumberOf(RequestFields fields, string name) => fields.Element(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long value) && value > 0 => value,
        _ => throw fields.Wrong(name, "no such number", "a whole number from 1"),
    };
}
