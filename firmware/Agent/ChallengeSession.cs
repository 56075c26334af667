using System;

using IotAttest.Protocol;

using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent
{
    /// <summary>Says hello, then answers each challenge; when they come is the verifier's choice.</summary>
    internal sealed class ChallengeSession : ISession
    {
        // DESIGN section 4: a challenge is valid for 60 s; evidence for an older one would only be refused.
        private const int ChallengeLifetimeMs = 60000;

        private readonly AgentOptions _options;
        private readonly AttestationAgent _agent;
        private readonly Exchange _exchange;
        private readonly string _questionTopic;
        private readonly string _helloTopic;
        private readonly byte[] _empty = new byte[0];
        private readonly LinkPatience _patience = new LinkPatience();
        private long _helloAtMs;

        public ChallengeSession(AgentOptions options, AttestationAgent agent, Exchange exchange)
        {
            _options = options;
            _agent = agent;
            _exchange = exchange;
            string name = Ueid.ToHex(options.Ueid);
            _questionTopic = Topics.Challenge(name);
            _helloTopic = Topics.Hello(name);
        }

        public string QuestionTopic
        {
            get { return _questionTopic; }
        }

        public bool Serve(BrokerLink link, Inbox inbox)
        {
            bool wasAsked = false;
            _patience.Begin();
            SayHello(link);
            while (_agent.IsServing(link))
            {
                byte[] challenge = inbox.TakeQuestion();
                if (challenge != null)
                {
                    wasAsked = true;
                    _patience.Heard();
                    Answer(link, inbox, challenge);
                    continue;
                }

                _exchange.ReadResult(inbox);
                if (!_exchange.WaitUntil(_helloAtMs))
                {
                    _agent.Report(AgentStatus.NoAnswer);
                    if (_patience.IsOver() && !inbox.HasQuestion)
                    {
                        return true;
                    }

                    SayHello(link);
                }
            }

            return wasAsked;
        }

        private void SayHello(BrokerLink link)
        {
            // QoS 1: a broker that cannot pass it on ends the connection, where with QoS 0 it would say nothing (docs/scale.md, Deaf connections).
            link.Publish(_helloTopic, _empty, MqttQoSLevel.AtLeastOnce);
            _helloAtMs = Environment.TickCount64 + _options.HelloAgainMs;
            _agent.Report(AgentStatus.WaitingForChallenge);
        }

        private void Answer(BrokerLink link, Inbox inbox, byte[] challenge)
        {
            long nowMs = Environment.TickCount64;
            bool isDelivered = _exchange.Prepare(challenge) && _exchange.Deliver(link, inbox, nowMs + ChallengeLifetimeMs);
            _helloAtMs = Environment.TickCount64 + (isDelivered ? _options.SilenceMs : _options.HelloAgainMs);
            if (_agent.IsServing(link) && !inbox.HasQuestion)
            {
                _agent.Report(AgentStatus.WaitingForChallenge);
            }
        }
    }
}
