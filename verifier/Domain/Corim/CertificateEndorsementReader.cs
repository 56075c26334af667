using System.Diagnostics.CodeAnalysis;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>Reads certificates in exactly the form that <see cref="CertificateEndorsementWriter"/> gives them.</summary>
public static class CertificateEndorsementReader
{
    private const string Triple = "comid/triples/conditional-endorsement";
    private const string Condition = Triple + "/condition";
    private const string Endorsement = Triple + "/endorsement";

    /// <summary>Decodes the body of a signed file. The caller verifies the signature.</summary>
    /// <param name="signed">The signed file.</param>
    /// <param name="endorsement">The certificate, or null.</param>
    /// <param name="error">Why not, or null: UnknownProfile for a file of another profile, else what was seen where.</param>
    /// <returns>True when decoded.</returns>
    public static bool TryRead(
        SignedCorim signed, [NotNullWhen(true)] out CertificateEndorsement? endorsement, [NotNullWhen(false)] out CorimError? error)
    {
        ArgumentNullException.ThrowIfNull(signed);
        endorsement = null;
        error = CorimStructure.CheckProfile(signed.Body);
        if (error is not null)
        {
            return false;
        }

        CorimCursor corim = new(signed.Body, "corim");
        CorimReader.Frame frame = CorimReader.ReadFrame(corim);
        if (frame.NotAfter is null)
        {
            corim.At("corim/rim-validity").Fail(DecodeStatus.Missing, "no rim-validity", "the end of the certificate");
        }

        CorimCursor comid = new(frame.Comid, "comid");
        (Guid tagId, CertificateEndorsement read) = corim.Error is null ? ReadComid(comid, frame) : default;
        error = corim.Error ?? comid.Error ?? CorimRules.Check(read);
        error ??= CorimReader.CheckWhole(signed, frame, tagId, read.CorimId, () => CertificateEndorsementWriter.EncodeBody(read));
        endorsement = error is null ? read : null;
        return endorsement is not null;
    }

    private static (Guid TagId, CertificateEndorsement Endorsement) ReadComid(CorimCursor cursor, CorimReader.Frame frame)
    {
        Guid tagId = CorimReader.ReadComidStart(cursor);
        cursor.Map(1, 1);
        cursor.At(Triple).Key(CorimProfile.ConditionalEndorsementTriples);
        cursor.Array(1, 1);
        cursor.Array(2, 2);
        Guid classId = CorimReader.ReadRecordStart(cursor, Condition);
        List<ComponentDigest> components = CorimReader.ReadComponents(cursor, Condition);
        CorimReader.ReadRecordEnd(cursor);
        if (CorimReader.ReadRecordStart(cursor, Endorsement) != classId)
        {
            cursor.Fail(DecodeStatus.NotAllowed, "another class", "the class of the condition");
        }

        CertificateEndorsement endorsement = ReadValues(cursor, frame, classId, components);
        CorimReader.ReadRecordEnd(cursor);
        CorimReader.ReadRecordEnd(cursor);
        cursor.At("comid/triples").EndMap();
        cursor.At("comid").EndMap();
        cursor.Finish();
        return (tagId, endorsement);
    }

    private static CertificateEndorsement ReadValues(CorimCursor cursor, CorimReader.Frame frame, Guid classId, List<ComponentDigest> components)
    {
        cursor.At(Endorsement).Array(1, 1);
        cursor.Map(1, 1);
        cursor.Key(1);
        cursor.Map(4, 4 + CertificateExtensions.Most);
        string scheme = ReadText(cursor, CorimProfile.MvalScheme);
        string level = ReadText(cursor, CorimProfile.MvalLevel);
        string certificateId = ReadText(cursor, CorimProfile.MvalCertificateId);
        cursor.Key(CorimProfile.MvalManifestDigest);
        Sha256Digest manifest = cursor.Digest();
        CertificateEndorsement plain = new(certificateId, scheme, level, frame.Issuer, manifest, classId, components, frame.NotAfter ?? default)
        {
            ValidFrom = frame.NotBefore,
        };
        CertificateEndorsement endorsement = CertificateExtensions.Read(cursor, plain);
        cursor.EndMap();
        cursor.EndMap();
        cursor.EndArray();
        return endorsement;
    }

    private static string ReadText(CorimCursor cursor, int key)
    {
        cursor.Key(key);
        return cursor.Text();
    }
}
