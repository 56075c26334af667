using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Organisations;
using IotAttest.Service.Storage;
using IotAttest.Service.Transparency;

namespace IotAttest.Service.Verification;

/// <summary>Says of any file what it is and what of it can be checked by everybody. Of evidence it checks no signature: that takes the key of a board,
/// and whether a board is enrolled here is nobody's business.</summary>
internal sealed class FileInspector(Database database, OrganisationDirectory organisations, RecordVerifier records, ReceiptVerifier receipts)
{
    /// <summary>Signed files are smaller, also with a receipt inside; what is larger can only be an image.</summary>
    public const int MaxSignedBytes = CorimProfile.MaxFileBytes + (2 * InclusionReceipt.MaxBytes);

    /// <param name="file">The whole file; empty when it is too long for a signed one.</param>
    /// <param name="digest">SHA-256 of the whole file.</param>
    public CheckedFile Inspect(ReadOnlyMemory<byte> file, Sha256Digest digest)
    {
        ReadOnlyMemory<byte> statement = TransparentStatement.Detach(file, out IReadOnlyList<ReadOnlyMemory<byte>> carried);
        if (SignedCorim.TryDecode(statement, out SignedCorim? signed, out _))
        {
            // Certificates, and this registry, name a file by its digest without receipts.
            return OfCorim(signed, carried.Count == 0 ? digest : Sha256Digest.Of(statement.Span), [.. carried.Select(receipt => receipts.Check(receipt, statement.Span))]);
        }

        if (receipts.TryInspect(file, digest) is { } receipt)
        {
            return receipt;
        }

        if (EvidenceCheck.Decode(file, out _, out DecodedClaims? claims) is null)
        {
            return OfEvidence(claims!, digest);
        }

        return records.TryInspect(file.Span, digest) ?? new CheckedFile("image", digest.ToString(), []) { Digests = [("", digest.ToString())] };
    }

    private CheckedFile OfCorim(SignedCorim signed, Sha256Digest digest, FileCheck[] receiptChecks)
    {
        FileCheck signature = CheckSignature(signed);
        using DbConnection connection = database.Open();
        if (BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out _))
        {
            string? build = Builds.BuildTable.FindByDigest(connection, digest).FirstOrDefault()?.Id;
            return new CheckedFile("manifest", digest.ToString(), [new("form", true, $"{manifest.ProductName} {manifest.Version}, {manifest.Issuer}".Trim()), signature, Known(build), .. receiptChecks]) { Build = build, LogEntry = build is null ? null : LogTable.NumberOf(connection, TransparencyLog.BuildKind, build) };
        }

        if (CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? certificate, out CorimError? error))
        {
            string? id = Certificates.CertificateTable.FindByFile(connection, null, digest)?.Id;
            return new CheckedFile("certificate", digest.ToString(), [new("form", true, $"{certificate.CertificateId}, {certificate.Scheme} {certificate.Level}, {certificate.Issuer}"), signature, Known(id), .. receiptChecks])
            {
                Certificate = id,
                LogEntry = id is null ? null : LogTable.NumberOf(connection, TransparencyLog.CertificateKind, id),
            };
        }

        return new CheckedFile("corim", digest.ToString(), [new("form", false, $"{error.Path}: {error.Seen}"), signature]);
    }

    private FileCheck CheckSignature(SignedCorim signed)
    {
        if (!organisations.TryFind(signed.Issuer, out Organisation? issuer) || issuer.FindKey(signed.Kid.ToBytes()) is not { } key)
        {
            return new FileCheck("signer", false, $"{signed.Issuer}, {signed.Kid}");
        }

        using ECDsa? publicKey = EcdsaP256.TryFromSpki(key.Spki);
        return new FileCheck("signature", publicKey is not null && signed.Verify(publicKey), $"{signed.Issuer}, {signed.Kid}");
    }

    private static FileCheck Known(string? id) => new("known", id is not null, id ?? "");

    private static CheckedFile OfEvidence(DecodedClaims claims, Sha256Digest digest) => new("evidence", digest.ToString(), [new("form", true, ""), new("boardkey", null, "")])
    {
        Digests = [.. claims.Measured.Components.Select(component => (component.Name, new Sha256Digest(component.Sha256.Span).ToString()))],
    };
}
