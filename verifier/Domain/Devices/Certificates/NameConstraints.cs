using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Name constraints (RFC 5280 section 4.2.1.10) of one CA: on directory names, the only names boards are told apart by.</summary>
/// <remarks>Constraints on other kinds of names are not processed; a certificate under them that carries a name of that kind is refused,
/// as the section demands. A self-issued CA is not exempt: stricter than section 6.1.4 (b).</remarks>
internal sealed class NameConstraints
{
    private const string Code = "NameConstraint";
    private const int DirectoryNameTag = 4;
    private const int MaxSubtrees = 64;

    private readonly List<IReadOnlyList<(string, string)>> _permitted = [];
    private readonly List<IReadOnlyList<(string, string)>> _excluded = [];
    private readonly HashSet<int> _otherKinds = [];

    private NameConstraints()
    {
    }

    /// <param name="path">Device certificate first, root last.</param>
    public static CertificateRefusal? CheckAll(IReadOnlyList<X509Certificate2> path)
    {
        for (int place = 1; place < path.Count; place++)
        {
            if (path[place].Extensions[X509Oid.NameConstraints] is not { } extension)
            {
                continue;
            }

            if (TryDecode(extension.RawData) is not { } constraints)
            {
                return new CertificateRefusal(Code, "nameConstraints that cannot be read", "subtrees without minimum and maximum (RFC 5280 section 4.2.1.10)");
            }

            string? seen = path.Take(place).Select(constraints.Check).FirstOrDefault(outside => outside is not null);
            if (seen is not null)
            {
                return new CertificateRefusal(Code, seen, $"names that the CA \"{path[place].Subject}\" permits (RFC 5280 section 4.2.1.10)");
            }
        }

        return null;
    }

    /// <summary>Decodes the extension; null when it is not one, or has more than 64 subtrees.</summary>
    public static NameConstraints? TryDecode(ReadOnlyMemory<byte> der)
    {
        NameConstraints constraints = new();
        try
        {
            AsnReader outer = new(der, AsnEncodingRules.DER);
            AsnReader fields = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            bool isWhole = constraints.ReadSubtrees(fields, 0, constraints._permitted) && constraints.ReadSubtrees(fields, 1, constraints._excluded);
            fields.ThrowIfNotEmpty();
            return isWhole ? constraints : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private bool ReadSubtrees(AsnReader fields, int tag, List<IReadOnlyList<(string, string)>> names)
    {
        Asn1Tag wanted = new(TagClass.ContextSpecific, tag);
        if (!fields.HasData || !fields.PeekTag().HasSameClassAndValue(wanted))
        {
            return true;
        }

        AsnReader subtrees = fields.ReadSequence(wanted);
        for (int count = 0; subtrees.HasData; count++)
        {
            if (count == MaxSubtrees || !ReadSubtree(subtrees.ReadSequence(), names))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadSubtree(AsnReader subtree, List<IReadOnlyList<(string, string)>> names)
    {
        Asn1Tag kind = subtree.PeekTag();
        if (kind.TagClass != TagClass.ContextSpecific)
        {
            return false;
        }

        if (kind.TagValue == DirectoryNameTag)
        {
            // The choice inside is tagged explicitly.
            AsnReader name = subtree.ReadSequence(kind);
            if (DirectoryName.TryRead(new X500DistinguishedName(name.ReadEncodedValue().Span)) is not { } parts)
            {
                return false;
            }

            names.Add(parts);
        }
        else
        {
            _otherKinds.Add(kind.TagValue);
            subtree.ReadEncodedValue();
        }

        // minimum 0 is left out in DER, and this profile has no maximum (RFC 5280 section 4.2.1.10).
        return !subtree.HasData;
    }

    private string? Check(X509Certificate2 certificate)
    {
        if (AltNames.TryRead(certificate) is not { } alternatives || DirectoryName.TryRead(certificate.SubjectName) is not { } subject)
        {
            return "a subject or subjectAltName that cannot be compared";
        }

        if (alternatives.Kinds.FirstOrDefault(_otherKinds.Contains, -1) is >= 0 and int kind)
        {
            return $"a name of kind [{kind}] under a constraint of that kind";
        }

        if (alternatives.Kinds.Contains(DirectoryNameTag))
        {
            return "a directory name in subjectAltName under name constraints";
        }

        if (_permitted.Count > 0 && !_permitted.Exists(subtree => DirectoryName.IsWithin(subject, subtree)))
        {
            return $"subject \"{certificate.Subject}\", which no permitted subtree holds";
        }

        return _excluded.Exists(subtree => DirectoryName.IsWithin(subject, subtree)) ? $"subject \"{certificate.Subject}\", which an excluded subtree holds" : null;
    }
}
