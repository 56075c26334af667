using System;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>Answers the retained epoch marker once, and each new one should the board still be awake then.</summary>
    internal sealed class EpochSession : ISession
    {
        private readonly AgentOptions _options;
        private readonly AttestationAgent _agent;
        private readonly Exchange _exchange;
        private readonly LinkPatience _patience = new LinkPatience();

        public EpochSession(AgentOptions options, AttestationAgent agent, Exchange exchange)
        {
            _options = options;
            _agent = agent;
            _exchange = exchange;
        }

        public string QuestionTopic
        {
            get { return Topics.Epoch; }
        }

        public bool Serve(BrokerLink link, Inbox inbox)
        {
            bool wasAsked = false;
            _patience.Begin();
            _agent.Report(AgentStatus.WaitingForChallenge);
            long untilMs = Environment.TickCount64 + _options.HelloAgainMs;
            while (_agent.IsServing(link))
            {
                byte[] marker = inbox.TakeQuestion();
                if (marker != null)
                {
                    wasAsked = true;
                    _patience.Heard();
                    untilMs = Environment.TickCount64 + (Answer(link, inbox, marker) ? _options.SilenceMs : _options.HelloAgainMs);
                    continue;
                }

                _exchange.ReadResult(inbox);
                if (!_exchange.WaitUntil(untilMs))
                {
                    _agent.Report(AgentStatus.NoAnswer);
                    if (_patience.IsOver() && !inbox.HasQuestion)
                    {
                        return true;
                    }

                    untilMs = Environment.TickCount64 + _options.HelloAgainMs;
                }
            }

            return wasAsked;
        }

        private bool Answer(BrokerLink link, Inbox inbox, byte[] marker)
        {
            // DESIGN section 4: the nonce is the SHA-256 of the signed marker. The next marker ends the waiting, or that none came for so long.
            byte[] nonce = Sha256.Hash(marker);
            if (!_exchange.Prepare(nonce) || !_exchange.Deliver(link, inbox, Environment.TickCount64 + _options.SilenceMs))
            {
                return false;
            }

            _agent.Report(AgentStatus.MaySleep);
            return true;
        }
    }
}
