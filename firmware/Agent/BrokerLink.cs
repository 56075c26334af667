using System;

using IotAttest.Protocol;

using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent
{
    /// <summary>One MQTT connection at a time, over MQTT 3.1.1.</summary>
    /// <remarks>The library and the sockets below throw half a dozen exception types, on boards also the plain
    /// System.Exception; each of them means the same here, that there is no connection, and the status says so.</remarks>
    internal sealed class BrokerLink
    {
        private readonly AgentOptions _options;
        private readonly string _name;
        private readonly object _gate = new object();
        private MqttClient _client;
        private Inbox _inbox;
        private bool _isAborted;

        public BrokerLink(AgentOptions options)
        {
            _options = options;
            _name = Ueid.ToHex(options.Ueid);
        }

        public bool IsOpen
        {
            get
            {
                MqttClient client = _client;
                return client != null && client.IsConnected && !_inbox.IsLost;
            }
        }

        /// <summary>Connects with the UEID as client id and user name; what comes in goes to <paramref name="inbox"/>.</summary>
        public LinkStatus Open(Inbox inbox)
        {
            Close();
            _inbox = inbox;
            try
            {
                MqttClient client = new MqttClient(_options.Host, _options.Port, _options.UseTls, _options.CaCertificate, null, SslProtocol());
                client.MqttMsgPublishReceived += inbox.OnPublishReceived;
                client.MqttMsgPublished += inbox.OnPublished;
                client.MqttMsgSubscribed += inbox.OnSubscribed;
                client.ConnectionClosed += inbox.OnClosed;
                if (!TryKeep(client))
                {
                    return LinkStatus.Unreachable;
                }

                MqttReasonCode reason = client.Connect(_name, _name, _options.Credential, true, (ushort)_options.KeepAliveSeconds);
                return reason == MqttReasonCode.Success ? LinkStatus.Open : StatusOf(reason);
            }
            catch (Exception)
            {
                return LinkStatus.Unreachable;
            }
        }

        /// <summary>Asks for QoS 1 on the topics.</summary>
        /// <returns>False when the connection is gone.</returns>
        public bool Subscribe(string[] topics)
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[topics.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            try
            {
                _client.Subscribe(topics, levels);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Publishes, never retained.</summary>
        /// <returns>The packet identifier, or -1 when the connection is gone.</returns>
        public int Publish(string topic, byte[] payload, MqttQoSLevel level)
        {
            try
            {
                return _client.Publish(topic, payload, null, null, level, false);
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>Says goodbye where that still works, and frees the sockets and threads of the old client before the next is made.</summary>
        public void Close()
        {
            MqttClient client = _client;
            _client = null;
            if (client == null)
            {
                return;
            }

            client.MqttMsgPublishReceived -= _inbox.OnPublishReceived;
            client.MqttMsgPublished -= _inbox.OnPublished;
            client.MqttMsgSubscribed -= _inbox.OnSubscribed;
            client.ConnectionClosed -= _inbox.OnClosed;
            Release(client);
            nanoFramework.Runtime.Native.GC.Run(true);
        }

        /// <summary>Ends the connection, or the attempt at one, from another thread; none is opened afterwards.</summary>
        public void Abort()
        {
            MqttClient client;
            lock (_gate)
            {
                _isAborted = true;
                client = _client;
            }

            if (client != null)
            {
                Release(client);
            }
        }

        private bool TryKeep(MqttClient client)
        {
            lock (_gate)
            {
                _client = _isAborted ? null : client;
                return !_isAborted;
            }
        }

        private static void Release(MqttClient client)
        {
            try
            {
                if (client.IsConnected)
                {
                    client.Disconnect();
                }

                client.Dispose();
            }
            catch (Exception)
            {
                // The peer is gone already: there is nobody to say goodbye to and nothing left to free.
            }
        }

        private MqttSslProtocols SslProtocol()
        {
            return _options.UseTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None;
        }

        private static LinkStatus StatusOf(MqttReasonCode reason)
        {
            // MQTT 3.1.1 section 3.2.2.3: 2 is the client id, 4 the credential, 5 not authorised. 1 and 3 may pass.
            bool isRefusal = reason == MqttReasonCode.ConnectionRefusedBadUserNameOrPassword
                || reason == MqttReasonCode.ConnectionRefusedNotAuthorized
                || reason == MqttReasonCode.ConnectionRefusedIdentifierRejected;
            return isRefusal ? LinkStatus.Refused : LinkStatus.Unreachable;
        }
    }
}
