using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Told of each status on the agent's own thread; it must return soon and must not throw.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="status">What just happened.</param>
    /// <param name="result">The summary when <paramref name="status"/> is Result, else null. Its signature is not checked.</param>
    public delegate void AgentStatusHandler(AttestationAgent agent, AgentStatus status, ResultSummary result);
}
