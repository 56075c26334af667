namespace IotAttest.Cli.Bench;

/// <summary>A store to fill.</summary>
/// <param name="Boards">Boards, half with HMAC keys and half with P-256 keys, each with a verdict.</param>
/// <param name="Builds">Certified builds; every board runs one of its class, uniformly at random.</param>
/// <param name="Classes">Product classes, all of one manufacturer.</param>
internal sealed record FleetPlan(int Boards, int Builds, int Classes);
