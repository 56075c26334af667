namespace IotAttest.Domain.Devices.Certificates;

/// <summary>What a verified device certificate (IEEE 802.1AR IDevID) says of its board: docs/protocol.md, IDevID profile.</summary>
/// <param name="Ueid">34 lower-case hex digits that start with 01.</param>
/// <param name="ClassId">The product class.</param>
/// <param name="OemId">The maker's oemid.</param>
/// <param name="Spki">DER SubjectPublicKeyInfo on P-256.</param>
/// <param name="Issued">The device certificate and the CAs under the root, leaf first.</param>
public sealed record DeviceCertificate(string Ueid, Guid ClassId, OemId OemId, byte[] Spki, IReadOnlyList<IssuedCertificate> Issued);
