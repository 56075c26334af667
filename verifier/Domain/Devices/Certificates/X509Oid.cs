namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Object identifiers of RFC 5280, RFC 5480 and RFC 5758.</summary>
internal static class X509Oid
{
    public const string OrganisationName = "2.5.4.10";
    public const string SerialNumber = "2.5.4.5";
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string DeltaCrl = "2.5.29.27";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string NameConstraints = "2.5.29.30";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2";
}
