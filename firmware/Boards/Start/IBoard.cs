using IotAttest.Agent;

namespace IotAttest.Boards
{
    /// <summary>What differs by board and product.</summary>
    public interface IBoard
    {
        /// <summary>Brings the network up and the date near the truth, which TLS needs; waits for a bounded time.</summary>
        /// <returns>False when that did not work; it is tried again.</returns>
        bool Connect();

        /// <summary>New options: where the verifier is and which CA it has.</summary>
        AgentOptions CreateOptions();

        /// <summary>The way of a board without native module, or null where there must be one.</summary>
        ISelfReport CreateSelfReport(DeviceStateStore store, IFileStore files);
    }
}
