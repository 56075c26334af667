using System.Threading;

using IotAttest.Protocol;

using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent
{
    /// <summary>What one connection received. The MQTT library's thread only stores here and sets the signal; the agent's thread takes.</summary>
    internal sealed class Inbox
    {
        private const int MaxMarkerBytes = 2048;
        private const int MaxResultBytes = 4096;

        private readonly object _gate = new object();
        private readonly AutoResetEvent _signal;
        private readonly string _questionTopic;
        private readonly string _resultTopic;
        private readonly bool _isEpoch;
        private byte[] _question;
        private byte[] _result;
        private int _acknowledgedId = -1;
        private bool _isSubscribed;
        private bool _isLost;

        public Inbox(AutoResetEvent signal, string questionTopic, string resultTopic, bool isEpoch)
        {
            _signal = signal;
            _questionTopic = questionTopic;
            _resultTopic = resultTopic;
            _isEpoch = isEpoch;
        }

        public bool IsSubscribed
        {
            get
            {
                lock (_gate)
                {
                    return _isSubscribed;
                }
            }
        }

        public bool IsLost
        {
            get
            {
                lock (_gate)
                {
                    return _isLost;
                }
            }
        }

        public bool HasQuestion
        {
            get
            {
                lock (_gate)
                {
                    return _question != null;
                }
            }
        }

        /// <summary>The newest challenge or marker, once, or null. An older one that nobody took is gone: only the newest is worth an answer.</summary>
        public byte[] TakeQuestion()
        {
            lock (_gate)
            {
                byte[] question = _question;
                _question = null;
                return question;
            }
        }

        /// <summary>The newest result, once, or null.</summary>
        public byte[] TakeResult()
        {
            lock (_gate)
            {
                byte[] result = _result;
                _result = null;
                return result;
            }
        }

        public bool IsAcknowledged(int messageId)
        {
            lock (_gate)
            {
                return _acknowledgedId == messageId;
            }
        }

        public void OnPublishReceived(object sender, MqttMsgPublishEventArgs message)
        {
            lock (_gate)
            {
                if (message.Topic == _resultTopic && message.Message.Length <= MaxResultBytes)
                {
                    _result = message.Message;
                }
                else if (message.Topic == _questionTopic && IsQuestion(message))
                {
                    _question = message.Message;
                }
            }

            _signal.Set();
        }

        public void OnPublished(object sender, MqttMsgPublishedEventArgs published)
        {
            if (!published.IsPublished)
            {
                return;
            }

            lock (_gate)
            {
                // Identifiers grow: a hello that was sent twice is acknowledged twice, the second time maybe after the evidence that followed it.
                _acknowledgedId = (short)(published.MessageId - _acknowledgedId) > 0 ? published.MessageId : _acknowledgedId;
            }

            _signal.Set();
        }

        public void OnSubscribed(object sender, MqttMsgSubscribedEventArgs subscribed)
        {
            // A topic that the broker denies (MQTT 3.1.1 section 3.9.3: 0x80) leaves the agent waiting until it gives up.
            bool isGranted = true;
            for (int i = 0; i < subscribed.GrantedQoSLevels.Length; i++)
            {
                isGranted = isGranted && subscribed.GrantedQoSLevels[i] != MqttQoSLevel.GrantedFailure;
            }

            lock (_gate)
            {
                _isSubscribed = isGranted;
            }

            _signal.Set();
        }

        public void OnClosed(object sender, System.EventArgs arguments)
        {
            lock (_gate)
            {
                _isLost = true;
            }

            _signal.Set();
        }

        private bool IsQuestion(MqttMsgPublishEventArgs message)
        {
            int length = message.Message.Length;
            if (_isEpoch)
            {
                return length >= 1 && length <= MaxMarkerBytes;
            }

            // A challenge is never retained: one that is was kept by somebody and is old.
            return length == EvidenceProfile.NonceBytes && !message.Retain;
        }
    }
}
