namespace IotAttest.Service.Web.Layout;

/// <summary>An entry of the navigation. Its words are the text <c>nav.{Area}</c>.</summary>
internal sealed record NavigationItem(string Area, string Path)
{
    public static IReadOnlyList<NavigationItem> Public { get; } =
    [
        new("search", "/"),
        new("verify", "/verify"),
        new("recognition", "/recognition"),
        new("changes", "/changes"),
        new("data", "/data"),
    ];
}
