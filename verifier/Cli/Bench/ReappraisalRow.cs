namespace IotAttest.Cli.Bench;

/// <summary>What it takes until one change shows on every board.</summary>
/// <param name="Change">Its name.</param>
/// <param name="AnsweredSeconds">Until the change is durable and answered: from then on every read and every gate answer follows it.</param>
/// <param name="ReadSeconds">Until the boards that were asked all show it.</param>
/// <param name="HistorySeconds">Until the history row of every board is durable and visible.</param>
/// <param name="CpuSeconds">Processor time of that, the waiting included.</param>
/// <param name="LimitSeconds">What the same rows take in the same database when nothing else is done.</param>
/// <param name="LimitCpuSeconds">Processor time of that.</param>
internal sealed record ReappraisalRow(
    string Change, double AnsweredSeconds, double ReadSeconds, double HistorySeconds, double CpuSeconds, double LimitSeconds, double LimitCpuSeconds);
