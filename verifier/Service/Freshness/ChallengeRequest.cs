namespace IotAttest.Service.Freshness;

/// <summary>Body of <c>POST /v1/challenges</c>.</summary>
/// <param name="Ueid">34 lower-case hex digits.</param>
internal sealed record ChallengeRequest(string? Ueid);
