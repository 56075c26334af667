using IotAttest.Service.Certificates;

namespace IotAttest.Service.Web.Public;

/// <summary>Certificates in words.</summary>
internal static class CertificateWords
{
    /// <summary>The status as people need it: a certificate that was issued and has not begun is not in force.</summary>
    public static string StatusOf(CertificateView view) => view is { Status: "Certified", InForce: false } ? "NotBegun" : view.Status;
}
