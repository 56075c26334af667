namespace IotAttest.Service.Access.CodeFlow;

/// <summary>How a sign-in with the issuer ended.</summary>
/// <param name="IdToken">What the session rests on; null when there is none.</param>
/// <param name="Begun">The sign-in; null when this browser has none.</param>
/// <param name="Fault">Why there is no session; null when there is one.</param>
/// <param name="Seen">In words; never a code, a token or anything else that the issuer or a stranger wrote.</param>
internal sealed record SignInOutcome(string? IdToken, PendingSignIn? Begun, SignInFault? Fault, string Seen)
{
    public static SignInOutcome Failed(SignInFault fault, string seen, PendingSignIn? begun = null) => new(null, begun, fault, seen);
}
