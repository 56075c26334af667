using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Problems;

namespace IotAttest.Service.DeviceCertificates;

internal static class CertificateProblem
{
    /// <summary>422 with the code of the refusal.</summary>
    public static ProblemException ToProblem(this CertificateRefusal refusal) =>
        Refuse.Unacceptable(refusal.Code, refusal.Seen, refusal.Expected, "Correct the certificate, or what is registered about its root.");
}
