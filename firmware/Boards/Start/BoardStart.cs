using System;
using System.Diagnostics;
using System.Threading;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Boards
{
    /// <summary>Network, device state, evidence source, agent, in this order; and again after a failure.</summary>
    public static class BoardStart
    {
        private const string Folder = "I:\\";
        private const int ShortestPauseMs = 5000;
        private const int LongestPauseMs = 600000;

        /// <summary>Runs the agent and never returns. An application with work of its own calls this on a thread of its own.</summary>
        public static void Run(IBoard board)
        {
            BackOff pauses = new BackOff(ShortestPauseMs, LongestPauseMs);
            while (true)
            {
                Attempt(board);
                Thread.Sleep(pauses.NextMs());
            }
        }

        private static void Attempt(IBoard board)
        {
            try
            {
                if (board.Connect())
                {
                    RunAgent(board);
                }
                else
                {
                    Debug.WriteLine("iotattest: no network");
                }
            }
            catch (Exception)
            {
                // Drivers and network stack throw the plain System.Exception; a board that nobody watches goes on.
                Debug.WriteLine("iotattest: fault");
            }
        }

        private static void RunAgent(IBoard board)
        {
            FileStore files = new FileStore(Folder);
            DeviceStateStore store = new DeviceStateStore(files);
            DeviceState state;
            StateStatus loaded = store.Load(out state);
            if (loaded != StateStatus.Ok)
            {
                Debug.WriteLine("iotattest: device state " + (int)loaded);
                return;
            }

            AgentOptions options = board.CreateOptions();
            EvidenceStatus chosen = EvidenceSources.Choose(new InteropModule(), state, board.CreateSelfReport(store, files), options);
            if (chosen != EvidenceStatus.Ok)
            {
                Debug.WriteLine("iotattest: evidence source " + (int)chosen);
                return;
            }

            AttestationAgent agent = new AttestationAgent(options);
            agent.StatusChanged += OnStatus;
            Debug.WriteLine("iotattest: options " + (int)agent.Run());
        }

        private static void OnStatus(AttestationAgent agent, AgentStatus status, ResultSummary result)
        {
            Debug.WriteLine("iotattest: status " + (int)status + ", source " + (int)agent.SourceKind);
        }
    }
}
