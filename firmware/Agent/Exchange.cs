using System;
using System.Threading;

using IotAttest.Protocol;

using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent
{
    /// <summary>Answers one question at a time with evidence and waits for what comes back.</summary>
    internal sealed class Exchange
    {
        private readonly AgentOptions _options;
        private readonly AttestationAgent _agent;
        private readonly AutoResetEvent _signal;
        private readonly string _evidenceTopic;
        private readonly byte[] _nonce = new byte[EvidenceProfile.NonceBytes];
        private readonly byte[] _evidence = new byte[EvidenceProfile.MaxEvidenceBytes];
        private int _evidenceLength;

        public Exchange(AgentOptions options, AttestationAgent agent, AutoResetEvent signal)
        {
            _options = options;
            _agent = agent;
            _signal = signal;
            _evidenceTopic = Topics.Evidence(Ueid.ToHex(options.Ueid));
        }

        /// <summary>Makes evidence for a nonce of 32 bytes; for the same nonce again the same bytes serve again, which a verifier takes for a repetition.</summary>
        public bool Prepare(byte[] nonce)
        {
            if (_evidenceLength > 0 && IsPresentNonce(nonce))
            {
                return true;
            }

            _agent.Report(AgentStatus.Measuring);
            Array.Copy(nonce, 0, _nonce, 0, _nonce.Length);
            EvidenceStatus status = _options.EvidenceSource.Produce(_nonce, _evidence, out _evidenceLength);
            if (status != EvidenceStatus.Ok)
            {
                _evidenceLength = 0;
                _agent.Report(AttestationAgent.StatusOf(status));
                return false;
            }

            return true;
        }

        /// <summary>Sends the evidence until it is answered, a newer question comes, the time is up or the connection is gone.</summary>
        /// <returns>True when it was acknowledged or, where only that counts, a result came.</returns>
        public bool Deliver(BrokerLink link, Inbox inbox, long giveUpAtMs)
        {
            while (_agent.IsServing(link))
            {
                int messageId = link.Publish(_evidenceTopic, Payload(), MqttQoSLevel.AtLeastOnce);
                _agent.Report(AgentStatus.EvidenceSent);
                if (AwaitAnswer(link, inbox, messageId))
                {
                    return true;
                }

                if (!_agent.IsServing(link) || inbox.HasQuestion)
                {
                    return false;
                }

                _agent.Report(AgentStatus.NoAnswer);
                if (Environment.TickCount64 >= giveUpAtMs)
                {
                    return false;
                }
            }

            return false;
        }

        /// <summary>A copy of the evidence: the library keeps the array it is given until the acknowledgement.</summary>
        public byte[] Payload()
        {
            byte[] payload = new byte[_evidenceLength];
            Array.Copy(_evidence, 0, payload, 0, payload.Length);
            return payload;
        }

        /// <summary>Reports a result that came in, if there is one.</summary>
        /// <returns>True when it answers the present evidence.</returns>
        public bool ReadResult(Inbox inbox)
        {
            byte[] bytes = inbox.TakeResult();
            if (bytes == null)
            {
                return false;
            }

            ResultSummary summary;
            if (ResultSummary.TryRead(bytes, 0, bytes.Length, out summary) != DecodeStatus.Ok)
            {
                return false;
            }

            _agent.ReportResult(summary);
            return summary.Nonce != null && IsPresentNonce(summary.Nonce);
        }

        /// <summary>Waits for a signal, at most until a time.</summary>
        /// <returns>False when that time is reached.</returns>
        public bool WaitUntil(long untilMs)
        {
            long remainingMs = untilMs - Environment.TickCount64;
            if (remainingMs <= 0)
            {
                return false;
            }

            _signal.WaitOne((int)remainingMs, false);
            return true;
        }

        private bool AwaitAnswer(BrokerLink link, Inbox inbox, int messageId)
        {
            bool isAcknowledged = false;
            long untilMs = Environment.TickCount64 + _options.ResultWaitMs;
            while (_agent.IsServing(link) && !inbox.HasQuestion)
            {
                if (ReadResult(inbox))
                {
                    return true;
                }

                if (!isAcknowledged && inbox.IsAcknowledged(messageId))
                {
                    isAcknowledged = true;
                    _agent.Report(AgentStatus.EvidenceAcknowledged);
                }

                if (isAcknowledged && !_options.RepeatUntilResult)
                {
                    return true;
                }

                if (!WaitUntil(untilMs))
                {
                    return false;
                }
            }

            return isAcknowledged && !_options.RepeatUntilResult;
        }

        private bool IsPresentNonce(byte[] nonce)
        {
            for (int i = 0; i < _nonce.Length; i++)
            {
                if (_nonce[i] != nonce[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
