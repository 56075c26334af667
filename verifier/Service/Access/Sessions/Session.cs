namespace IotAttest.Service.Access.Sessions;

/// <summary>Somebody who signed in with a browser. It lives in memory alone: a restart ends it.</summary>
/// <param name="Token">What was signed in with; asked about again with each request, so that a revoked token ends the session.</param>
/// <param name="IsIdToken">True for the ID token of a sign-in with the issuer, which no bearer may use.</param>
/// <param name="Since">When it began.</param>
/// <param name="LastSeen">When a page was last asked for.</param>
internal sealed record Session(string Token, bool IsIdToken, DateTimeOffset Since, DateTimeOffset LastSeen)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(30);

    public bool IsOver(DateTimeOffset now) => now >= Since + Longest || now >= LastSeen + LongestIdle;
}
