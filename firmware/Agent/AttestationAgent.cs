using System;
using System.Threading;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>The Attester: connects, waits for a challenge, has it answered with evidence, and goes on for ever.</summary>
    /// <remarks>Works without knowing the time. Make it once the network is up.</remarks>
    public sealed class AttestationAgent
    {
        private readonly AgentOptions _options;
        private readonly AutoResetEvent _signal = new AutoResetEvent(false);
        private readonly object _gate = new object();
        private BackOff _backOff;
        private BrokerLink _link;
        private ISession _session;
        private string _resultTopic;
        private AgentStatus _status;
        private bool _isStopping;

        /// <summary>An agent that does nothing until <see cref="Run"/>; it keeps <paramref name="options"/>, which must not change afterwards.</summary>
        public AttestationAgent(AgentOptions options)
        {
            _options = options;
        }

        /// <summary>Raised for each status, on the agent's own thread.</summary>
        public event AgentStatusHandler StatusChanged;

        /// <summary>Who makes this board's evidence.</summary>
        public EvidenceSourceKind SourceKind
        {
            get { return _options.EvidenceSource.Kind; }
        }

        /// <summary>The last status.</summary>
        public AgentStatus Status
        {
            get
            {
                lock (_gate)
                {
                    return _status;
                }
            }
        }

        /// <summary>Runs the agent on the caller's thread until <see cref="RequestStop"/>; an agent is not run again.</summary>
        /// <returns>Ok after it stopped, or the option that keeps it from starting.</returns>
        public OptionsStatus Run()
        {
            OptionsStatus status = _options.Check();
            if (status == OptionsStatus.Ok)
            {
                RunLoop();
            }

            return status;
        }

        /// <summary>Makes the agent stop soon, without waiting for it; safe in a status handler.</summary>
        public void RequestStop()
        {
            BrokerLink link;
            lock (_gate)
            {
                _isStopping = true;
                link = _link;
            }

            _signal.Set();
            if (link != null)
            {
                link.Abort();
            }
        }

        /// <summary>The agent's word for evidence that could not be made.</summary>
        public static AgentStatus StatusOf(EvidenceStatus status)
        {
            switch (status)
            {
                case EvidenceStatus.KeyMissing: return AgentStatus.KeyMissing;
                case EvidenceStatus.BootStateLost: return AgentStatus.BootStateLost;
                case EvidenceStatus.MeasurementFailed: return AgentStatus.MeasurementFailed;
                case EvidenceStatus.MeasurementChanged: return AgentStatus.MeasurementChanged;
                case EvidenceStatus.NotProvisioned: return AgentStatus.NotProvisioned;
                case EvidenceStatus.ModuleMissing: return AgentStatus.ModuleMissing;
                case EvidenceStatus.ModuleFailed: return AgentStatus.ModuleFailed;
                case EvidenceStatus.AuthenticationFailed: return AgentStatus.AuthenticationFailed;
                case EvidenceStatus.AssemblyOutside: return AgentStatus.AssemblyOutside;
                case EvidenceStatus.IdentityShared: return AgentStatus.IdentityShared;
                default: return AgentStatus.ClaimsRefused;
            }
        }

        internal bool IsServing(BrokerLink link)
        {
            return !IsStopping() && link.IsOpen;
        }

        internal void Report(AgentStatus status)
        {
            Raise(status, null);
        }

        internal void ReportResult(ResultSummary result)
        {
            Raise(AgentStatus.Result, result);
        }

        private void Raise(AgentStatus status, ResultSummary result)
        {
            lock (_gate)
            {
                _status = status;
            }

            AgentStatusHandler handler = StatusChanged;
            if (handler != null)
            {
                handler(this, status, result);
            }
        }

        private bool IsStopping()
        {
            lock (_gate)
            {
                return _isStopping;
            }
        }

        private void RunLoop()
        {
            Prepare();
            AwaitEvidenceSource();
            while (!IsStopping())
            {
                int pauseMs = ConnectAndServe();
                _link.Close();
                Pause(pauseMs);
            }

            _link.Close();
            Report(AgentStatus.Stopped);
        }

        private void Prepare()
        {
            _backOff = new BackOff(_options.BackOffMinMs, _options.BackOffMaxMs);
            _resultTopic = Topics.Result(Ueid.ToHex(_options.Ueid));
            Exchange exchange = new Exchange(_options, this, _signal);
            if (_options.Freshness == FreshnessMode.Epoch)
            {
                _session = new EpochSession(_options, this, exchange);
            }
            else
            {
                _session = new ChallengeSession(_options, this, exchange);
            }

            lock (_gate)
            {
                _link = new BrokerLink(_options);
            }
        }

        /// <summary>A board without a key has nothing to say: it looks again now and then instead of bothering the broker.</summary>
        private void AwaitEvidenceSource()
        {
            EvidenceStatus status = _options.EvidenceSource.Begin();
            while (status != EvidenceStatus.Ok && !IsStopping())
            {
                Report(StatusOf(status));
                Pause(_backOff.LongestMs());
                status = _options.EvidenceSource.Begin();
            }

            _backOff.Reset();
        }

        /// <summary>One connection, from the first try to its end.</summary>
        /// <returns>How long in ms to pause before the next.</returns>
        private int ConnectAndServe()
        {
            Report(AgentStatus.Connecting);
            Inbox inbox = new Inbox(_signal, _session.QuestionTopic, _resultTopic, _options.Freshness == FreshnessMode.Epoch);
            LinkStatus opened = _link.Open(inbox);
            if (opened != LinkStatus.Open)
            {
                Report(opened == LinkStatus.Refused ? AgentStatus.Refused : AgentStatus.Unreachable);

                // A refusal too may pass soon: RabbitMQ gives one while no verifier answers it, and a board may be switched on before it is enrolled.
                return _backOff.NextMs();
            }

            Report(AgentStatus.Connected);
            if (AwaitSubscription(inbox) && _session.Serve(_link, inbox))
            {
                _backOff.Reset();
            }

            if (!IsStopping())
            {
                Report(AgentStatus.BrokerLost);
            }

            return _backOff.NextMs();
        }

        private bool AwaitSubscription(Inbox inbox)
        {
            if (!_link.Subscribe(new string[] { _session.QuestionTopic, _resultTopic }))
            {
                return false;
            }

            long untilMs = Environment.TickCount64 + _options.ResultWaitMs;
            while (!inbox.IsSubscribed && IsServing(_link))
            {
                long remainingMs = untilMs - Environment.TickCount64;
                if (remainingMs <= 0)
                {
                    return false;
                }

                _signal.WaitOne((int)remainingMs, false);
            }

            return inbox.IsSubscribed;
        }

        private void Pause(int milliseconds)
        {
            long untilMs = Environment.TickCount64 + milliseconds;
            long remainingMs = milliseconds;
            while (remainingMs > 0 && !IsStopping())
            {
                _signal.WaitOne((int)remainingMs, false);
                remainingMs = untilMs - Environment.TickCount64;
            }
        }
    }
}
