using System.Globalization;
using IotAttest.Cli.Output;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;

namespace IotAttest.Cli.Commands.Verify;

/// <summary>The claims of evidence for people and scripts.</summary>
internal static class EvidenceReport
{
    public static Dictionary<string, string> Digests(DecodedClaims claims) =>
        claims.Measured.Components.ToDictionary(component => component.Name, component => $"sha256:{Convert.ToHexStringLower(component.Sha256.Span)}");

    public static void Write(Terminal terminal, EvidenceEnvelope envelope, DecodedClaims claims, ComponentComparison[]? comparisons)
    {
        terminal.WriteTable(["claim", "value"], Claims(claims).Where(claim => claim.Value is not null).Select(claim => new[] { claim.Name, claim.Value! }));
        if (comparisons is null)
        {
            terminal.WriteTable(["component", "digest"], Digests(claims).Select(component => new[] { component.Key, component.Value }));
        }
        else
        {
            terminal.WriteTable(["component", "matches", "reported", "expected"], comparisons.Select(component => ComponentRow.Of(component.Name, component.Reported, component.Expected)));
        }

        terminal.WriteFields(("algorithm", NameOf(envelope.Algorithm)), ("key id", envelope.Kid.ToString()));
    }

    public static object ToJson(EvidenceEnvelope envelope, DecodedClaims claims, ComponentComparison[]? comparisons) => new
    {
        algorithm = NameOf(envelope.Algorithm),
        kid = envelope.Kid.ToString(),
        nonce = Convert.ToHexStringLower(claims.Nonce.Span),
        ueid = Convert.ToHexStringLower(claims.Ueid.Span),
        oemid = claims.OemId.ToString(),
        @class = claims.ClassId,
        bootcount = claims.Counters.BootCount,
        bootseed = SeedOf(claims),
        uptimeSeconds = claims.Counters.UptimeSeconds,
        oemboot = claims.BootFacts.SecureBoot,
        dbgstat = claims.BootFacts.DebugStatus,
        hwversion = claims.HardwareVersion,
        swname = claims.SoftwareName,
        swversion = claims.SoftwareVersion,
        components = Digests(claims).Select(component => new { name = component.Key, digest = component.Value }),
        comparison = comparisons?.Select(component => new { component.Name, matches = component.Reported == component.Expected, component.Reported, component.Expected }),
    };

    private static (string Name, string? Value)[] Claims(DecodedClaims claims) =>
    [
        ("eat_nonce (10)", Convert.ToHexStringLower(claims.Nonce.Span)),
        ("ueid (256)", Convert.ToHexStringLower(claims.Ueid.Span)),
        ("oemid (258)", claims.OemId.ToString()),
        ("hwmodel (259)", claims.ClassId.ToString("D")),
        ("hwversion (260)", claims.HardwareVersion),
        ("uptime (261)", string.Create(CultureInfo.InvariantCulture, $"{claims.Counters.UptimeSeconds} s")),
        ("oemboot (262)", claims.BootFacts.SecureBoot switch { true => "secure boot verified the image", false => "secure boot did not verify the image", null => null }),
        ("dbgstat (263)", claims.BootFacts.DebugStatus?.ToString(CultureInfo.InvariantCulture)),
        ("bootcount (267)", claims.Counters.BootCount.ToString(CultureInfo.InvariantCulture)),
        ("bootseed (268)", SeedOf(claims)),
        ("swname (270)", claims.SoftwareName),
        ("swversion (271)", claims.SoftwareVersion),
    ];

    private static string SeedOf(DecodedClaims claims) => claims.Counters.BootSeed.ToString("x32", CultureInfo.InvariantCulture);

    private static string NameOf(CoseAlgorithm algorithm) => algorithm switch
    {
        CoseAlgorithm.HmacSha256 => "HMAC 256/256",
        CoseAlgorithm.Es256 => "ES256",
        _ => "ESP256",
    };
}
