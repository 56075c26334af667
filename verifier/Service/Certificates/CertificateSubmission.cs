using IotAttest.Domain.Corim;
using IotAttest.Service.Organisations;

namespace IotAttest.Service.Certificates;

/// <summary>A signed certificate that somebody handed in, its signature verified.</summary>
internal sealed record CertificateSubmission(CertificateEndorsement Endorsement, Organisation Body, SignedCorim Signed, byte[] File);
