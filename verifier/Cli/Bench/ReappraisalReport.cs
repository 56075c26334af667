namespace IotAttest.Cli.Bench;

/// <summary>What it takes until a decision about one certificate shows on every board.</summary>
/// <param name="Boards">Boards it concerns, all of them.</param>
/// <param name="DecisionSeconds">Until the decision is durable and answered: from then on every read and every gate answer follows it.</param>
/// <param name="ReadSeconds">Until the boards that were asked all show it.</param>
/// <param name="HistorySeconds">Until the history row of every board is durable and visible.</param>
/// <param name="LimitSeconds">What the same rows take in the same database when nothing else is done.</param>
internal sealed record ReappraisalReport(int Boards, double DecisionSeconds, double ReadSeconds, double HistorySeconds, double LimitSeconds);
