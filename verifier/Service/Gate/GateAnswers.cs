namespace IotAttest.Service.Gate;

/// <summary>One answer for each board asked for, in that order.</summary>
internal sealed record GateAnswers(string Mode, IReadOnlyList<GateView> Boards);
