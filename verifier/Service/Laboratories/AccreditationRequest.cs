using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Laboratories;

/// <summary>The body that registers what a laboratory may test.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record AccreditationRequest(string Number, IEnumerable<string> Scope, string Until)
{
    private const int MaxNumberLength = 64;
    private const int MaxSchemes = 32;
    private const int MaxWordLength = 64;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static Accreditation Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "number", "scope", "until");
        string[] scope = fields.Texts("scope", MaxSchemes, MaxWordLength);
        if (scope.Length == 0 || !scope.All(OrganisationRequest.IsName))
        {
            throw fields.Wrong("scope", scope.Length == 0 ? "empty" : "a name that cannot be", $"1 to {MaxSchemes} names of schemes");
        }

        return new Accreditation(
            fields.Text("number", MaxNumberLength),
            [.. scope.Distinct().Order(StringComparer.Ordinal)],
            MomentText.Parse("until", fields.Text("until", MaxWordLength)).Moment);
    }
}
