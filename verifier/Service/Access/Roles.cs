namespace IotAttest.Service.Access;

/// <summary>Who may do what. The operator holds every role, for every organisation.</summary>
internal static class Roles
{
    public const string Manufacturer = "manufacturer";
    public const string Body = "body";
    public const string Laboratory = "laboratory";
    public const string Integrator = "integrator";
    public const string Auditor = "auditor";
    public const string Operator = "operator";

    /// <summary>The roles an organisation can have; nobody is made operator over HTTP.</summary>
    public static IReadOnlyList<string> OfOrganisations { get; } = [Manufacturer, Body, Laboratory, Integrator, Auditor];

    public static IReadOnlyList<string> All { get; } = [.. OfOrganisations, Operator];
}
