using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates;

/// <summary>The body of a decision.</summary>
internal sealed record CertificateDecisionRequest(string Decision, string Reason)
{
    private const int MaxWordLength = 32;
    private const int MaxReasonLength = 1000;

    public static CertificateDecisionRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "decision", "reason");
        string decision = fields.Text("decision", MaxWordLength);
        return CertificateDecision.IsWord(decision)
            ? new CertificateDecisionRequest(decision, fields.Text("reason", MaxReasonLength))
            : throw fields.Wrong("decision", $"\"{decision}\"", string.Join(", ", CertificateDecision.Words));
    }
}
