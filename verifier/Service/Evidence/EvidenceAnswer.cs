using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Evidence;

/// <summary>What became of submitted evidence: a refusal, or a verdict that is durable.</summary>
/// <param name="Refusal">Why nothing changed, or null.</param>
/// <param name="Device">The board, when it was found.</param>
/// <param name="Verdict">The verdict after this evidence.</param>
/// <param name="Nonce">The nonce the verdict answers, 32 bytes.</param>
/// <param name="IsRepeat">The very bytes accepted last: answered again, not counted.</param>
internal sealed record EvidenceAnswer(Refusal? Refusal, DeviceEntry? Device, Verdict? Verdict, byte[] Nonce, bool IsRepeat)
{
    public static EvidenceAnswer Refused(Refusal refusal, DeviceEntry? device = null) => new(refusal, device, null, [], false);

    public static EvidenceAnswer Accepted(DeviceEntry device, Verdict verdict, byte[] nonce) => new(null, device, verdict, nonce, false);

    public static EvidenceAnswer Repeated(DeviceEntry device, Verdict verdict, byte[] nonce) => new(null, device, verdict, nonce, true);
}
