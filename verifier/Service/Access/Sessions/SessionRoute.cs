namespace IotAttest.Service.Access.Sessions;

/// <summary>Marks a route that takes the cookie of a session: the pages, and the one stream that live pages listen to. All others take a bearer token alone.</summary>
internal sealed record SessionRoute;
