using IotAttest.Domain.Advisories;
using IotAttest.Domain.Tests.Advisories;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>CSAF and OpenVEX; what is accepted is matched against a build.</summary>
internal sealed class AdvisoryTarget : JsonTarget
{
    public override string Name => "advisory";

    protected override IEnumerable<string> Documents => [Fiction.Csaf, Fiction.OpenVex];

    public override Outcome Decode(byte[] input)
    {
        if (!AdvisoryReader.TryRead(input, out Advisory? advisory, out AdvisoryError? error))
        {
            return Outcome.Refused(error);
        }

        return new Outcome(true, HashCode.Combine(advisory.Severity, AdvisoryMatcher.Match(advisory, Fiction.Subject()).Count()));
    }
}
