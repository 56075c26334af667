using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>The subjectAltName of a certificate (RFC 5280 section 4.2.1.6).</summary>
/// <param name="Kinds">The tag of each name: 1 e-mail, 2 DNS, 4 directory name, 6 URI, 7 IP address, 0 other.</param>
/// <param name="Uris">The URIs.</param>
internal sealed record AltNames(IReadOnlyList<int> Kinds, IReadOnlyList<string> Uris)
{
    private const int UriTag = 6;
    private const int MaxNames = 16;

    /// <summary>The names, none when the extension is absent; null when it cannot be read or has more than 16.</summary>
    public static AltNames? TryRead(X509Certificate2 certificate)
    {
        List<int> kinds = [];
        List<string> uris = [];
        if (certificate.Extensions[X509Oid.SubjectAltName] is not { } extension)
        {
            return new AltNames(kinds, uris);
        }

        try
        {
            AsnReader outer = new(extension.RawData, AsnEncodingRules.DER);
            AsnReader names = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            while (names.HasData)
            {
                Asn1Tag tag = names.PeekTag();
                if (tag.TagClass != TagClass.ContextSpecific || kinds.Count == MaxNames)
                {
                    return null;
                }

                kinds.Add(tag.TagValue);
                if (tag.TagValue == UriTag)
                {
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        return new AltNames(kinds, uris);
    }
}
