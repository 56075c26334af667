using System.Security.Cryptography;
using IotAttest.Domain.Cose;

namespace IotAttest.Service.Organisations;

/// <summary>A public key an organisation signs with.</summary>
/// <param name="Kid">First 8 bytes of SHA-256 over the SubjectPublicKeyInfo.</param>
/// <param name="Spki">DER SubjectPublicKeyInfo of a P-256 key.</param>
internal sealed record OrganisationKey(Kid Kid, byte[] Spki)
{
    private const string Label = "PUBLIC KEY";

    public string ToPem() => PemEncoding.WriteString(Label, Spki);

    /// <summary>Reads exactly one PEM block with a P-256 SubjectPublicKeyInfo; null for anything else, a private key too.</summary>
    public static OrganisationKey? TryParse(string pem)
    {
        if (!PemEncoding.TryFind(pem, out PemFields fields) || !pem.AsSpan(fields.Label).SequenceEqual(Label) || pem.AsSpan(fields.Location).Length != pem.AsSpan().Trim().Length)
        {
            return null;
        }

        byte[] der = Convert.FromBase64String(pem[fields.Base64Data]);
        using ECDsa? key = EcdsaP256.TryFromSpki(der);

        // Exported again: compressed points and other encodings of the same key end as one.
        return key is null ? null : new OrganisationKey(Kid.OfKey(key), key.ExportSubjectPublicKeyInfo());
    }
}
