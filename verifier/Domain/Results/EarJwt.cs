using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Domain.Results;

/// <summary>Encodes an attestation result as a JWT (RFC 7519, compact JWS with ES256): the form that people and gates get over HTTP.</summary>
public static class EarJwt
{
    private const string ProfileOidText = "2.25.146294891808187310942556122965410066033";

    /// <summary>The signed result: three base64url parts joined by dots.</summary>
    public static string Sign(AttestationResult result, ECDsa key) => CompactJws.Sign("eat+jwt", Claims(result), key);

    /// <summary>The claims with the JSON names of draft -03.</summary>
    public static JsonObject Claims(AttestationResult result) => new()
    {
        ["eat_profile"] = AttestationResult.Profile,
        ["iat"] = result.IssuedAt.ToUnixTimeSeconds(),
        ["exp"] = result.ExpiresAt.ToUnixTimeSeconds(),
        ["ear_verifier_id"] = new JsonObject { ["developer"] = AttestationResult.Developer, ["build"] = result.VerifierBuild },
        ["ear_status"] = StatusWord(result.Verdict.Vector.Status),
        ["submods"] = new JsonObject { [EarLabel.Firmware] = Appraisal(result) },
    };

    private static JsonObject Appraisal(AttestationResult result)
    {
        Verdict verdict = result.Verdict;
        return new JsonObject
        {
            ["eat_profile"] = ProfileOidText,
            ["eat_nonce"] = Base64Url.EncodeToString(result.EvidenceNonce.Span),
            ["ear_status"] = StatusWord(verdict.Vector.Status),
            ["ear_trustworthiness_vector"] = Vector(verdict.Vector),
            ["ear_appraisal_policy_ids"] = Texts(verdict.Policies),
            ["iotattest"] = PrivateMap(result.Ueid, verdict),
        };
    }

    private static JsonObject PrivateMap(string ueid, Verdict verdict)
    {
        JsonObject map = new()
        {
            ["ueid"] = ueid,
            ["conformity"] = verdict.Conformity.ToString(),
            ["drift"] = Texts(verdict.Drift.Words()),
            ["certificates"] = Texts(verdict.Certificates),
            ["evidenceStrength"] = verdict.Strength.Word(),
            ["components"] = new JsonArray([.. verdict.Components.Select(Component)]),
        };
        if (verdict.Build is { } build)
        {
            map["build"] = build;
        }

        if (verdict.Conditions != Conditions.None)
        {
            map["conditions"] = Texts(verdict.Conditions.Words());
        }

        if (!verdict.Advisories.IsEmpty)
        {
            map["advisories"] = Texts(verdict.Advisories);
        }

        return map;
    }

    private static JsonObject Component(ComponentComparison component)
    {
        JsonObject entry = new() { ["name"] = component.Name };
        if (component.Reported is { } reported)
        {
            entry["reported"] = reported;
        }

        if (component.Expected is { } expected)
        {
            entry["expected"] = expected;
        }

        return entry;
    }

    private static JsonObject Vector(TrustVector vector)
    {
        (string Name, int? Value)[] claims =
        [
            ("instance-identity", vector.InstanceIdentity),
            ("configuration", vector.Configuration),
            ("executables", vector.Executables),
            ("hardware", vector.Hardware),
        ];
        return new JsonObject(claims.Where(claim => claim.Value is not null).Select(claim => KeyValuePair.Create(claim.Name, (JsonNode?)claim.Value)));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static string StatusWord(int status) => status switch
    {
        EarLabel.Affirming => "affirming",
        EarLabel.Warning => "warning",
        EarLabel.Contraindicated => "contraindicated",
        _ => "none",
    };
}
