namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Why a certificate, a chain or a revocation list is not taken.</summary>
/// <param name="Code">A stable word: MalformedCertificate, ChainNotTrusted, CertificateProfile, NameConstraint, OutsideRegistration,
/// MalformedRevocationList, RevocationListSignature.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Expected">What would have been taken, with the section that decides.</param>
public sealed record CertificateRefusal(string Code, string Seen, string Expected);
