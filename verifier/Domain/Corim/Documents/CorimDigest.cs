namespace IotAttest.Domain.Corim.Documents;

/// <summary>A digest.</summary>
/// <param name="Algorithm">Name in the Named Information registry such as <c>sha-256</c>; <c>alg-N</c> for a number without a name here.</param>
/// <param name="Value">Lower-case hex.</param>
public sealed record CorimDigest(string Algorithm, string Value);
