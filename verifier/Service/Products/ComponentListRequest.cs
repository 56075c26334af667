using System.Text.Json;
using IotAttest.Domain.Products;
using IotAttest.Service.Builds;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Products;

/// <summary>The body that names the components of a product or a build: the whole list, and why.</summary>
internal sealed record ComponentListRequest(IReadOnlyList<ComponentReference> Components, string Reason)
{
    public const int MaxSchemeLength = 64;
    public const int MaxNumberLength = 100;

    private const int MaxNameLength = 120;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static ComponentListRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "components", "reason");
        if (fields.Element("components") is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() > ComponentReference.Max)
        {
            throw fields.Wrong("components", "no array, or too long a one", $"an array of at most {ComponentReference.Max} objects; an empty one takes all back");
        }

        ComponentReference[] components = [.. Enumerable.Range(0, array.GetArrayLength()).Select(index => Component(fields.Item("components", index, "name", "scheme", "number", "level", "url", "status", "until")))];
        return components.DistinctBy(component => (component.Scheme, component.Number)).Count() == components.Length
            ? new ComponentListRequest(components, fields.Text("reason", ReasonRequest.MaxReasonLength))
            : throw fields.Wrong("components", "a list with one certificate twice", "each scheme and number once");
    }

    /// <exception cref="ProblemException">No name of a scheme.</exception>
    internal static string SchemeOf(RequestFields fields)
    {
        string scheme = fields.Text("scheme", MaxSchemeLength);
        return OrganisationRequest.IsName(scheme) ? scheme : throw fields.Wrong("scheme", $"\"{scheme}\"", "1 to 64 of a-z, 0-9 and hyphen, such as psa-certified or sesip");
    }

    private static ComponentReference Component(RequestFields fields) => new(
        fields.Text("name", MaxNameLength),
        SchemeOf(fields),
        fields.Text("number", MaxNumberLength),
        fields.OptionalText("level", MaxSchemeLength),
        ProductRequest.Page(fields, "url"),
        ComponentStatusWord.Parse(fields, "status"),
        DayText.Parse(fields, "until"));
}
