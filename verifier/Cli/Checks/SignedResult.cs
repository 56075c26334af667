using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace IotAttest.Cli.Checks;

/// <summary>An attestation result as it came, JWT or CWT, decoded and not verified.</summary>
/// <param name="Form"><c>JWT</c> or <c>CWT</c>.</param>
/// <param name="Kid">16 hex digits, or null when the header names no key.</param>
/// <param name="Claims">The claims with the JSON names of EAR.</param>
/// <param name="Verify">True when the signature holds under a key.</param>
internal sealed record SignedResult(string Form, string? Kid, JsonObject Claims, Func<ECDsa, bool> Verify);
