using System.Security.Cryptography;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>Encodes and signs certificates.</summary>
public static class CertificateEndorsementWriter
{
    /// <summary>The body: an unsigned CoRIM (tag 501), deterministic, so that equal certificates give equal bytes.</summary>
    /// <exception cref="ArgumentException">The certificate breaks a rule of the profile; the message says which.</exception>
    public static byte[] EncodeBody(CertificateEndorsement endorsement) => CorimWriter.Encode(ContentOf(endorsement));

    /// <summary>Signs a body: COSE_Sign1, ES256, headers exactly 1, 3, 4, 8, 15.</summary>
    /// <param name="body">What <see cref="EncodeBody"/> gave.</param>
    /// <param name="issuer">iss and signer name; the issuer of the certificate.</param>
    /// <param name="subject">sub: what the statement is about, such as the certificate id.</param>
    /// <param name="key">The body's private key, on P-256.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="ArgumentException">A text breaks a rule, or the key is not on P-256.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> body, string issuer, string subject, ECDsa key) => CorimHeader.Sign(body, issuer, subject, key);

    internal static Guid IdOf(CertificateEndorsement endorsement) => CorimWriter.IdOf(ContentOf(endorsement));

    private static CorimContent ContentOf(CertificateEndorsement endorsement)
    {
        ArgumentNullException.ThrowIfNull(endorsement);
        return CorimRules.Check(endorsement) is { } error
            ? throw new ArgumentException(error.ToString(), nameof(endorsement))
            : new CorimContent(endorsement.Issuer, endorsement.ValidFrom, endorsement.ValidUntil, writer => WriteTriples(writer, endorsement));
    }

    // conditional-endorsement-triple-record: [[+ condition], [+ endorsement]], each [environment, [+ measurement-map]].
    private static void WriteTriples(CborWriter writer, CertificateEndorsement endorsement)
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(CorimProfile.ConditionalEndorsementTriples);
        writer.WriteStartArray(1);
        writer.WriteStartArray(2);
        CorimWriter.WriteRecordStart(writer, endorsement.ClassId);
        CorimWriter.WriteComponents(writer, endorsement.Components);
        CorimWriter.WriteRecordEnd(writer);
        CorimWriter.WriteRecordStart(writer, endorsement.ClassId);
        WriteEndorsed(writer, endorsement);
        CorimWriter.WriteRecordEnd(writer);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndMap();
    }

    private static void WriteEndorsed(CborWriter writer, CertificateEndorsement endorsement)
    {
        writer.WriteStartArray(1);
        CorimWriter.WriteMeasurementStart(writer, mkey: null, values: 4 + CertificateExtensions.CountOf(endorsement));
        CorimWriter.WriteText(writer, CorimProfile.MvalScheme, endorsement.Scheme);
        CorimWriter.WriteText(writer, CorimProfile.MvalLevel, endorsement.Level);
        CorimWriter.WriteText(writer, CorimProfile.MvalCertificateId, endorsement.CertificateId);
        writer.WriteInt32(CorimProfile.MvalManifestDigest);
        CorimWriter.WriteDigest(writer, endorsement.ManifestSha256);
        CertificateExtensions.Write(writer, endorsement);
        CorimWriter.WriteMeasurementEnd(writer);
        writer.WriteEndArray();
    }
}
