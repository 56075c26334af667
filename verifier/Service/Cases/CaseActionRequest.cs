using IotAttest.Domain.Cases;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Cases;

/// <summary>What is done in a case: assign, note or decide.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record CaseActionRequest(string Action, string? Person, string? Clock, string? Outcome, string? RationalePublic, string? RationaleConfidential, string? Dissent)
{
    private const int MaxWordLength = 64;
    private const int MaxTextLength = 4000;

    private static readonly (string Word, CaseStep Step, string[] Members)[] Actions =
    [
        ("assign", CaseStep.Assign, ["person"]),
        ("note", CaseStep.Note, ["clock", "rationalePublic", "rationaleConfidential", "dissent"]),
        ("decide", CaseStep.Decide, ["outcome", "rationalePublic", "rationaleConfidential", "dissent"]),
    ];

    public CaseStep Step => Actions.First(each => each.Word == Action).Step;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static CaseActionRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "action", "person", "clock", "outcome", "rationalePublic", "rationaleConfidential", "dissent");
        string action = fields.Text("action", MaxWordLength);
        string[] members = Actions.FirstOrDefault(each => each.Word == action).Members
            ?? throw fields.Wrong("action", $"\"{action}\"", string.Join(", ", Actions.Select(each => each.Word)));
        foreach (string name in Actions.SelectMany(each => each.Members).Distinct().Except(members))
        {
            if (fields.Element(name) is not null)
            {
                throw fields.Wrong(name, $"given with \"{action}\"", "no such member with this action");
            }
        }

        return new CaseActionRequest(
            action,
            action == "assign" ? PersonOf(fields) : null,
            fields.OptionalText("clock", MaxWordLength),
            fields.OptionalText("outcome", MaxWordLength),
            fields.OptionalText("rationalePublic", MaxTextLength),
            fields.OptionalText("rationaleConfidential", MaxTextLength),
            fields.OptionalText("dissent", MaxTextLength));
    }

    public CaseEvent ToEvent(string by, string person) => new(default, Step, by, person)
    {
        RationalePublic = RationalePublic ?? "",
        RationaleConfidential = RationaleConfidential ?? "",
        Dissent = Dissent ?? "",
        Assigned = Person,
        Clock = Clock,
        Outcome = Outcome,
    };

    private static string PersonOf(RequestFields fields)
    {
        string person = fields.Text("person", MaxWordLength);
        return OrganisationRequest.IsName(person) ? person : throw fields.Wrong("person", $"\"{person}\"", "the name of a person of the organisation");
    }
}
