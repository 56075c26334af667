namespace IotAttest.Service.Access;

/// <summary>Marks a route with the roles that may use it.</summary>
internal sealed record RequiredRoles(IReadOnlyList<string> Roles);
