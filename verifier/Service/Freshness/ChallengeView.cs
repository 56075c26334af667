namespace IotAttest.Service.Freshness;

/// <summary>Answer of <c>POST /v1/challenges</c>.</summary>
/// <param name="Challenge">32 bytes as 43 characters of base64url.</param>
/// <param name="ExpiresAt">RFC 3339.</param>
internal sealed record ChallengeView(string Challenge, string ExpiresAt);
