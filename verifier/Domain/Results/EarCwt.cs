using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Results;

/// <summary>Encodes an attestation result as a CWT: the form that boards get over MQTT.</summary>
public static class EarCwt
{
    private const int ExpirationClaim = 4;
    private const int IssuedAtClaim = 6;

    /// <summary>The signed result: COSE_Sign1 (tag 18), ES256.</summary>
    public static byte[] Sign(AttestationResult result, ECDsa key) => CwtSigner.Sign(key, Encode(result));

    /// <summary>The claims alone, deterministic.</summary>
    public static byte[] Encode(AttestationResult result) => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(6);
        writer.WriteInt32(ExpirationClaim);
        writer.WriteInt64(result.ExpiresAt.ToUnixTimeSeconds());
        writer.WriteInt32(IssuedAtClaim);
        writer.WriteInt64(result.IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(EatClaim.Profile);
        writer.WriteTextString(AttestationResult.Profile);
        writer.WriteInt32(EarLabel.Submodules);
        writer.WriteStartMap(1);
        writer.WriteTextString(EarLabel.Firmware);
        WriteAppraisal(writer, result);
        writer.WriteEndMap();
        writer.WriteInt32(EarLabel.Status);
        writer.WriteInt32(result.Verdict.Vector.Status);
        writer.WriteInt32(EarLabel.VerifierId);
        WriteVerifier(writer, result);
        writer.WriteEndMap();
    });

    private static void WriteVerifier(CborWriter writer, AttestationResult result)
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(0);
        writer.WriteTextString(AttestationResult.Developer);
        writer.WriteInt32(1);
        writer.WriteTextString(result.VerifierBuild);
        writer.WriteEndMap();
    }

    private static void WriteAppraisal(CborWriter writer, AttestationResult result)
    {
        writer.WriteStartMap(6);
        writer.WriteInt32(EatClaim.Nonce);
        writer.WriteByteString(result.EvidenceNonce.Span);
        writer.WriteInt32(EatClaim.Profile);
        writer.WriteByteString(EvidenceProfile.Oid());
        writer.WriteInt32(EarLabel.Status);
        writer.WriteInt32(result.Verdict.Vector.Status);
        writer.WriteInt32(EarLabel.TrustVector);
        WriteVector(writer, result.Verdict.Vector);
        writer.WriteInt32(EarLabel.PolicyIds);
        WriteTexts(writer, result.Verdict.Policies);
        writer.WriteInt32(EarLabel.IotAttest);
        WritePrivateMap(writer, result.Ueid, result.Verdict);
        writer.WriteEndMap();
    }

    private static void WriteVector(CborWriter writer, TrustVector vector)
    {
        (int Label, int? Value)[] claims = [(0, vector.InstanceIdentity), (1, vector.Configuration), (2, vector.Executables), (4, vector.Hardware)];
        writer.WriteStartMap(claims.Count(claim => claim.Value is not null));
        foreach ((int label, int? value) in claims)
        {
            if (value is { } number)
            {
                writer.WriteInt32(label);
                writer.WriteInt32(number);
            }
        }

        writer.WriteEndMap();
    }

    // Text keys in bytewise order of their encoding: shorter heads first.
    private static void WritePrivateMap(CborWriter writer, string ueid, Verdict verdict)
    {
        writer.WriteStartMap(6 + (verdict.Build is null ? 0 : 1) + (verdict.Advisories.IsEmpty ? 0 : 1) + (verdict.Conditions == Conditions.None ? 0 : 1));
        WriteEntry(writer, "ueid", ueid);
        if (verdict.Build is { } build)
        {
            writer.WriteTextString("build");
            writer.WriteTextString(build);
        }

        writer.WriteTextString("drift");
        WriteTexts(writer, verdict.Drift.Words());
        WriteOptionalTexts(writer, "advisories", verdict.Advisories);
        writer.WriteTextString("components");
        WriteComponents(writer, verdict);
        WriteOptionalTexts(writer, "conditions", verdict.Conditions.Words());
        writer.WriteTextString("conformity");
        writer.WriteTextString(verdict.Conformity.ToString());
        writer.WriteTextString("certificates");
        WriteTexts(writer, verdict.Certificates);
        writer.WriteTextString("evidenceStrength");
        writer.WriteTextString(verdict.Strength.Word());
        writer.WriteEndMap();
    }

    private static void WriteComponents(CborWriter writer, Verdict verdict)
    {
        writer.WriteStartArray(verdict.Components.Length);
        foreach (ComponentComparison component in verdict.Components)
        {
            writer.WriteStartMap(1 + (component.Reported is null ? 0 : 1) + (component.Expected is null ? 0 : 1));
            WriteEntry(writer, "name", component.Name);
            WriteEntry(writer, "expected", component.Expected);
            WriteEntry(writer, "reported", component.Reported);
            writer.WriteEndMap();
        }

        writer.WriteEndArray();
    }

    private static void WriteEntry(CborWriter writer, string key, string? value)
    {
        if (value is not null)
        {
            writer.WriteTextString(key);
            writer.WriteTextString(value);
        }
    }

    // A board that is fine gets no byte more.
    private static void WriteOptionalTexts(CborWriter writer, string key, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0)
        {
            writer.WriteTextString(key);
            WriteTexts(writer, texts);
        }
    }

    private static void WriteTexts(CborWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.WriteStartArray(texts.Count);
        foreach (string text in texts)
        {
            writer.WriteTextString(text);
        }

        writer.WriteEndArray();
    }
}
