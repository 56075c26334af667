using System.Globalization;
using IotAttest.Agent;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>How many boards stand where: what the verifier last told each, and what each agent is doing.</summary>
internal sealed record FleetCounts(int Boards, IReadOnlyDictionary<string, int> ByConformity, IReadOnlyDictionary<string, int> ByStatus)
{
    private const string NoResult = "no result yet";

    /// <summary>Boards that got at least one result.</summary>
    public int Answered => Boards - ByConformity.GetValueOrDefault(NoResult);

    /// <summary>Boards that the verifier's door refused: not enrolled, or with another credential.</summary>
    public int Refused => ByStatus.GetValueOrDefault(nameof(AgentStatus.Refused));

    public static FleetCounts Of(IReadOnlyCollection<SimulatedBoard> boards) => new(
        boards.Count,
        boards.CountBy(board => board.LastResult?.Conformity ?? NoResult).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
        boards.CountBy(board => board.Status.ToString()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary());

    /// <summary>One line for people.</summary>
    public override string ToString() => $"last result heard: {Line(ByConformity)}  |  agents: {Line(ByStatus)}";

    private static string Line(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}")));
}
