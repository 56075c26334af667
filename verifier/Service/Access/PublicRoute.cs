namespace IotAttest.Service.Access;

/// <summary>Marks a route that needs no login, on purpose.</summary>
internal sealed record PublicRoute;
