using IotAttest.Domain.Appraisal;
using IotAttest.Simulator;

namespace IotAttest.Cli.Demo;

/// <summary>One board of the fleet, and what the verifier should say about it by now.</summary>
internal sealed class DemoBoard(string name, DemoProduct product, SimulatedBoard board) : IDisposable
{
    public string Name => name;

    public DemoProduct Product => product;

    public string Ueid => board.UeidHex;

    public SimulatedBoard Board => board;

    public Conformity Expected { get; private set; } = Conformity.Conformant;

    public Drift ExpectedDrift { get; private set; } = Drift.None;

    public void Expect(Conformity conformity, Drift drift) => (Expected, ExpectedDrift) = (conformity, drift);

    /// <summary>How the verifier's word differs from what is expected; null when it does not.</summary>
    public string? DifferenceFrom(FleetRow row)
    {
        string expected = Describe(Expected.ToString(), ExpectedDrift.Words());
        string seen = Describe(row.Conformity, row.Drift);
        return seen == expected ? null : $"{Name} is {seen}, expected {expected}";
    }

    public void Dispose() => board.Dispose();

    private static string Describe(string conformity, string[] drift) => drift.Length == 0 ? conformity : $"{conformity} ({string.Join(", ", drift)})";
}
