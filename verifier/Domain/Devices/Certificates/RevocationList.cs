using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>A complete revocation list (RFC 5280 section 5) of one issuer, for all its certificates. Decoded is not verified.</summary>
public sealed class RevocationList
{
    /// <summary>The longest list in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const string Code = "MalformedRevocationList";
    private const int MaxEntries = 100_000;
    private const int MaxNumberBytes = 20;

    private readonly HashSet<string> _serials = [];
    private readonly byte[] _issuer;
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private RevocationList(AsnReader list)
    {
        _signed = list.PeekEncodedValue().ToArray();
        AsnReader fields = list.ReadSequence();
        if (ReadAlgorithm(list) != X509Oid.EcdsaSha256)
        {
            throw new AsnContentException("another algorithm than ECDSA with SHA-256");
        }

        _signature = list.ReadBitString(out _);
        list.ThrowIfNotEmpty();

        // Version 2 is 1 (RFC 5280 section 5.1.2.1).
        if (!fields.TryReadInt32(out int version) || version != 1 || ReadAlgorithm(fields) != X509Oid.EcdsaSha256)
        {
            throw new AsnContentException("another version than 2, or two algorithms");
        }

        _issuer = fields.ReadEncodedValue().ToArray();
        ThisUpdate = ReadTime(fields);
        NextUpdate = ReadTime(fields);
        ReadEntries(fields);
        ReadExtensions(fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)));
        fields.ThrowIfNotEmpty();
    }

    /// <summary>From when on.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>Until when; afterwards it says nothing of new certificates.</summary>
    public DateTimeOffset NextUpdate { get; }

    /// <summary>cRLNumber: grows from list to list.</summary>
    public BigInteger Number { get; private set; } = -1;

    /// <summary>Serial numbers, lower-case hex without leading zeros.</summary>
    public IReadOnlyCollection<string> Serials => _serials;

    /// <summary>Decodes a list.</summary>
    /// <param name="der">DER, at most <see cref="MaxBytes"/>.</param>
    /// <param name="list">The list, or null.</param>
    /// <returns>Null, or why it is not taken: no list, another signature than ES256, no number or no nextUpdate, more than 100,000
    /// entries, a part of a list only, or a critical extension.</returns>
    public static CertificateRefusal? TryDecode(ReadOnlyMemory<byte> der, out RevocationList? list)
    {
        list = null;
        try
        {
            if (der.Length > MaxBytes)
            {
                return new CertificateRefusal(Code, $"{der.Length} bytes", $"at most {MaxBytes}");
            }

            AsnReader outer = new(der, AsnEncodingRules.DER);
            RevocationList decoded = new(outer.ReadSequence());
            outer.ThrowIfNotEmpty();
            list = decoded;
            return null;
        }
        catch (AsnContentException cause)
        {
            return new CertificateRefusal(Code, $"no revocation list that is taken ({cause.Message})", "a complete CRL version 2 with cRLNumber and nextUpdate, signed with ECDSA on P-256 and SHA-256 (RFC 5280 section 5)");
        }
    }

    /// <summary>Holds the list against its issuer.</summary>
    /// <param name="issuer">A CA whose own chain was checked.</param>
    /// <returns>Null, or why it is not the issuer's.</returns>
    public CertificateRefusal? Verify(X509Certificate2 issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        bool maySign = issuer.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign) == true;
        using ECDsa? key = EcdsaP256.TryFromSpki(issuer.PublicKey.ExportSubjectPublicKeyInfo());
        bool holds = maySign && key is not null
            && issuer.SubjectName.RawData.AsSpan().SequenceEqual(_issuer)
            && key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return holds ? null : new CertificateRefusal("RevocationListSignature", "a list that this CA did not sign, or may not sign", "the signature of the root, or of a CA under it whose certificate comes along, with keyUsage cRLSign (RFC 5280 section 5)");
    }

    /// <summary>True when the certificate is listed, for whatever reason, a hold too.</summary>
    public bool Lists(string serial) => _serials.Contains(serial);

    /// <summary>A serial number as this type compares it.</summary>
    internal static string SerialText(ReadOnlySpan<byte> bigEndian) => Convert.ToHexStringLower(bigEndian.TrimStart((byte)0));

    private static string ReadAlgorithm(AsnReader reader) => reader.ReadSequence().ReadObjectIdentifier();

    private static DateTimeOffset ReadTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private void ReadEntries(AsnReader fields)
    {
        if (!fields.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return;
        }

        AsnReader entries = fields.ReadSequence();
        while (entries.HasData)
        {
            AsnReader entry = entries.ReadSequence();
            _serials.Add(SerialText(entry.ReadIntegerBytes().Span));
            ReadTime(entry);
            if (entry.HasData)
            {
                ForEachExtension(entry.ReadSequence(), static (_, _) => { });
            }

            if (_serials.Count > MaxEntries)
            {
                throw new AsnContentException("too many entries");
            }
        }
    }

    private void ReadExtensions(AsnReader wrapper)
    {
        ForEachExtension(wrapper.ReadSequence(), (oid, value) =>
        {
            if (oid is X509Oid.DeltaCrl or X509Oid.IssuingDistributionPoint)
            {
                throw new AsnContentException("a part of a list");
            }

            if (oid == X509Oid.CrlNumber)
            {
                ReadOnlyMemory<byte> number = new AsnReader(value, AsnEncodingRules.DER).ReadIntegerBytes();
                Number = number.Length <= MaxNumberBytes ? new BigInteger(number.Span, isBigEndian: true) : throw new AsnContentException("a number of more than 20 bytes");
            }
        });
        if (Number < 0)
        {
            throw new AsnContentException("no cRLNumber");
        }
    }

    private static void ForEachExtension(AsnReader extensions, Action<string, ReadOnlyMemory<byte>> read)
    {
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();

            // RFC 5280 section 5.2: a list with a critical extension that is not understood tells nothing.
            if (isCritical && oid is not (X509Oid.DeltaCrl or X509Oid.IssuingDistributionPoint))
            {
                throw new AsnContentException($"the critical extension {oid}");
            }

            read(oid, extension.ReadOctetString());
        }
    }
}
