using IotAttest.Service.Fleet;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Values of facets as people read them.</summary>
internal static class FacetWords
{
    public static string Of(PageText text, FleetNames names, string facet, string value) => facet switch
    {
        "class" => Guid.TryParse(value, out Guid id) ? names.OfClass(id) : value,
        "build" => names.OfBuilds([value]).GetValueOrDefault(value, value),
        _ => text.Word(facet, value),
    };
}
