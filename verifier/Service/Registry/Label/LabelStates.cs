using IotAttest.Service.Certificates;

namespace IotAttest.Service.Registry.Label;

/// <summary>What a label says about a certificate.</summary>
internal static class LabelStates
{
    public static LabelState Of(CertificateView certificate) => certificate.Status switch
    {
        _ when certificate.InForce => LabelState.InForce,
        "Suspended" or "Certified" or "Provisional" or "NotIssued" => LabelState.NotNow,
        _ => LabelState.Ended,
    };
}
