namespace IotAttest.Service.Access.CodeFlow;

/// <summary>A sign-in that a browser began and has not brought back from the issuer yet.</summary>
/// <param name="State">Ties the answer to this sign-in (RFC 6749 section 10.12).</param>
/// <param name="Nonce">Ties the ID token to it (OpenID Connect Core 1.0 section 3.1.2.1).</param>
/// <param name="Verifier">Ties the code to it (RFC 7636 section 4.1).</param>
/// <param name="ReturnTo">Where to go afterwards: a path of this verifier, or empty.</param>
/// <param name="SessionBefore">The session that the browser had, which the new one ends; the cookie of it does not come along from the issuer.</param>
/// <param name="Since">When it began.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string ReturnTo, string? SessionBefore, DateTimeOffset Since);
