using System.Text;
using IotAttest.Domain.Policies;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Evidence policies.</summary>
internal sealed class PolicyTarget : JsonTarget
{
    public override string Name => "policy";

    protected override IEnumerable<string> Documents => ShippedPolicies.All.Append(EvidencePolicy.Permissive).Select(policy => PolicyDocument.Write(policy).ToJsonString());

    public override Outcome Decode(byte[] input) => PolicyReader.TryRead(input, out EvidencePolicy? policy, out PolicyError? error)
        ? new Outcome(true, policy.GetHashCode())
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        PolicyReader.TryRead(input, out EvidencePolicy? policy, out _);
        byte[] written = Encoding.UTF8.GetBytes(PolicyDocument.Write(policy!).ToJsonString());
        Hold.True(PolicyReader.TryRead(written, out EvidencePolicy? read, out _) && read == policy, "an accepted policy is not read back from what is written of it");
    }
}
