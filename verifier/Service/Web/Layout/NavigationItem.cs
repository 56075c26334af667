using IotAttest.Service.Access;

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

    /// <summary>In the footer of every page: what most people never look for.</summary>
    public static IReadOnlyList<NavigationItem> More { get; } =
    [
        new("advisories", "/advisories"),
        new("criteria", "/criteria"),
        new("evaluations", "/evaluations"),
        new("laboratories", "/laboratories"),
        new("log", "/log"),
        new("openapi", "/data/openapi"),
    ];

    /// <summary>The desks of whoever signed in, by role.</summary>
    public static IEnumerable<NavigationItem> DesksOf(Caller caller) => Desks.Where(desk => caller.Has(desk.Role)).Select(desk => desk.Item);

    private static readonly (string Role, NavigationItem Item)[] Desks =
    [
        (Roles.Body, new("body", "/desk/body")),
        (Roles.Manufacturer, new("manufacturer", "/desk/manufacturer")),
    ];
}
