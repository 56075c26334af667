using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>How many boards are how, of those the caller may see. Every conformity is named, also with 0.</summary>
internal sealed record DeviceSummary(string AsOf, int Total, IReadOnlyDictionary<string, int> Conformity, IReadOnlyDictionary<string, int> Drift, IReadOnlyDictionary<string, int> EvidenceStrength)
{
    public static DeviceSummary Of(Caller caller, DeviceDirectory directory, VerdictSource verdicts, DateTimeOffset now)
    {
        Dictionary<string, int> conformity = Enum.GetNames<Conformity>().ToDictionary(name => name, _ => 0);
        Dictionary<string, int> drift = [];
        Dictionary<string, int> strength = [];
        int total = 0;
        foreach (DeviceEntry device in directory.All.Where(device => DeviceSight.CanSee(caller, device)))
        {
            Verdict verdict = verdicts.Of(device);
            total++;
            Count(conformity, verdict.Conformity.ToString());
            Count(strength, verdict.Strength.Word());
            Array.ForEach(verdict.Drift.Words(), word => Count(drift, word));
        }

        return new DeviceSummary(UtcText.Of(now), total, conformity, drift, strength);
    }

    private static void Count(Dictionary<string, int> counts, string word) => counts[word] = counts.GetValueOrDefault(word) + 1;
}
