using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>A status of a board's agent.</summary>
public sealed class BoardStatusEventArgs(AgentStatus status, ResultSummary? result) : EventArgs
{
    public AgentStatus Status { get; } = status;

    /// <summary>The result when <see cref="Status"/> is Result, else null.</summary>
    public ResultSummary? Result { get; } = result;
}
