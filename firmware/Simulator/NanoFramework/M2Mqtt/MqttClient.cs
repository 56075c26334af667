using System;
using System.Collections;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>An MQTT 3.1.1 client with QoS 0 and 1; Connect blocks, everything else that waits is asynchronous.</summary>
/// <remarks>Handlers run on the thread that reads the connection: they must not block.</remarks>
public class MqttClient : IMqttClient, IDisposable
{
    private const int ConnectTimeoutMs = 30000;
    private const int MaxTopicCharacters = 65535;

    private readonly string _host;
    private readonly int _port;
    private readonly SslClientAuthenticationOptions _tls;
    private readonly InflightMessages _inflight;
    private readonly CancellationTokenSource _closing = new();
    private MqttTransport _transport;
    private Timer _keepAlive;
    private int _lastMessageId;
    private int _state;
    private bool _isPingOutstanding;

    public MqttClient(string brokerHostName)
        : this(brokerHostName, 1883, false, null, null, MqttSslProtocols.None)
    {
    }

    public MqttClient(string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol)
    {
        if (sslProtocol is not (MqttSslProtocols.None or MqttSslProtocols.TLSv1_2 or MqttSslProtocols.TLSv1_3))
        {
            throw new ArgumentException("Only TLS 1.2 and 1.3 exist on boards.", nameof(sslProtocol));
        }

        _host = brokerHostName;
        _port = brokerPort;
        _tls = secure ? MqttTransport.TlsOptions(brokerHostName, caCert, clientCert, sslProtocol) : null;
        _inflight = new InflightMessages(SendOrLose, messageId => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(messageId, false)));
    }

    public event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;

    public event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;

    public event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    public event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    public event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;

    private enum State
    {
        New = 0,
        Connected = 1,
        Closed = 2,
    }

    public bool IsConnected => Volatile.Read(ref _state) == (int)State.Connected;

    public string ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public MqttReasonCode Connect(string clientId) => Connect(clientId, null, null);

    public MqttReasonCode Connect(string clientId, bool cleanSession) => Connect(clientId, null, null, cleanSession, 60);

    public MqttReasonCode Connect(string clientId, string username, string password) => Connect(clientId, username, password, true, 60);

    public MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod) =>
        Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

    public MqttReasonCode Connect(string clientId, string username, string password, bool willRetain, MqttQoSLevel willQosLevel, bool willFlag, string willTopic, string willMessage, bool cleanSession, ushort keepAlivePeriod)
    {
        ClientId = clientId;
        CleanSession = cleanSession;
        MqttWill will = willFlag ? new MqttWill(willTopic, willMessage, willQosLevel, willRetain) : null;
        MqttReasonCode reason = ConnectAsync(Packets.ConnectOf(clientId, username, password, will, cleanSession, keepAlivePeriod)).GetAwaiter().GetResult();
        if (reason == MqttReasonCode.Success)
        {
            StartServing(keepAlivePeriod);
        }

        return reason;
    }

    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType) => Publish(topic, message, contentType, null, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        CheckPublish(topic, contentType, userProperties, qosLevel);
        ushort messageId = NextMessageId();
        Memory<byte> packet = Packets.Publish(topic, message, qosLevel, retain, messageId);
        if (qosLevel == MqttQoSLevel.AtLeastOnce)
        {
            _inflight.Add(messageId, packet);
        }

        Send(packet);
        return messageId;
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        if (topics.Length == 0 || topics.Length != qosLevels.Length)
        {
            throw new MqttClientException(topics.Length == 0 ? MqttClientErrorCode.TopicsEmpty : MqttClientErrorCode.TopicsQosLevelsNotMatch);
        }

        ushort messageId = NextMessageId();
        Send(Packets.Subscribe(messageId, topics, qosLevels));
        return messageId;
    }

    public ushort Unsubscribe(string[] topics)
    {
        ushort messageId = NextMessageId();
        Send(Packets.Unsubscribe(messageId, topics));
        return messageId;
    }

    public void Disconnect()
    {
        Send(Packets.Disconnect);
        Lose();
    }

    public void Close() => Lose();

    public void Dispose()
    {
        Lose();
        GC.SuppressFinalize(this);
    }

    private static void CheckPublish(string topic, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel)
    {
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
        {
            throw new NotSupportedException("Content type and user properties came with MQTT 5.");
        }

        if (topic.Length is 0 or > MaxTopicCharacters || topic.AsSpan().ContainsAny('#', '+'))
        {
            throw new MqttClientException(topic.AsSpan().ContainsAny('#', '+') ? MqttClientErrorCode.TopicWildcard : MqttClientErrorCode.TopicLength);
        }

        if (qosLevel is not (MqttQoSLevel.AtMostOnce or MqttQoSLevel.AtLeastOnce))
        {
            throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
        }
    }

    private async Task<MqttReasonCode> ConnectAsync(ReadOnlyMemory<byte> connect)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        timeout.CancelAfter(ConnectTimeoutMs);
        try
        {
            _transport = await MqttTransport.OpenAsync(_host, _port, _tls, timeout.Token).ConfigureAwait(false);
            _transport.Send(connect);
            ReceivedPacket answer = await _transport.ReadAsync(timeout.Token).ConfigureAwait(false);
            if (answer.Type != Packets.ConnackType || answer.Body.Length != 2)
            {
                throw new MqttCommunicationException();
            }

            return (MqttReasonCode)answer.Body.Span[1];
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            throw new MqttConnectionException("No connection to the broker.", exception);
        }
    }

    private static bool IsTransportFault(Exception exception) =>
        exception is SocketException or IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException or AuthenticationException;

    private void StartServing(ushort keepAlivePeriod)
    {
        TimeSpan half = keepAlivePeriod > 0 ? TimeSpan.FromSeconds(keepAlivePeriod / 2.0) : Timeout.InfiniteTimeSpan;
        _keepAlive = new Timer(_ => Ping(), null, half, half);
        if (Interlocked.CompareExchange(ref _state, (int)State.Connected, (int)State.New) == (int)State.New)
        {
            _ = ServeAsync();
            return;
        }

        // Closed by another thread meanwhile.
        _keepAlive.Dispose();
        _transport.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            ReceivedPacket packet = await _transport.ReadAsync(_closing.Token).ConfigureAwait(false);
            while (packet.Type != 0)
            {
                Volatile.Write(ref _isPingOutstanding, false);
                Dispatch(packet);
                packet = await _transport.ReadAsync(_closing.Token).ConfigureAwait(false);
            }

            Lose();
        }
        catch (Exception exception) when (IsTransportFault(exception) || exception is MqttCommunicationException)
        {
            Lose();
        }
    }

    private void Dispatch(ReceivedPacket packet)
    {
        switch (packet.Type)
        {
            case Packets.PublishType:
                Receive(packet);
                break;
            case Packets.PubackType:
                ushort acknowledged = Incoming.MessageId(packet);
                if (_inflight.Remove(acknowledged))
                {
                    MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(acknowledged, true));
                }

                break;
            case Packets.SubackType:
                MqttMsgSubscribed?.Invoke(this, Incoming.Suback(packet));
                break;
            case Packets.UnsubackType:
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(Incoming.MessageId(packet)));
                break;
            case Packets.PingrespType:
                break;
            default:
                throw new InvalidDataException();
        }
    }

    private void Receive(ReceivedPacket packet)
    {
        MqttMsgPublishEventArgs message = Incoming.Publish(packet, out ushort messageId);
        MqttMsgPublishReceived?.Invoke(this, message);
        if (message.QosLevel == MqttQoSLevel.AtLeastOnce)
        {
            Send(Packets.PubackOf(messageId));
        }
    }

    private void Ping()
    {
        // MQTT 3.1.1 section 3.1.2.10: no PINGRESP within a reasonable time means that the connection is dead.
        if (Volatile.Read(ref _isPingOutstanding))
        {
            Lose();
            return;
        }

        Volatile.Write(ref _isPingOutstanding, true);
        SendOrLose(Packets.Pingreq);
    }

    private void SendOrLose(ReadOnlyMemory<byte> packet)
    {
        try
        {
            Send(packet);
        }
        catch (MqttCommunicationException)
        {
            Lose();
        }
    }

    private void Send(ReadOnlyMemory<byte> packet)
    {
        if (!IsConnected)
        {
            throw new MqttCommunicationException();
        }

        try
        {
            _transport.Send(packet);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            throw new MqttCommunicationException(exception);
        }
    }

    /// <summary>Ends the client once and for all; the event tells only of a connection that was open.</summary>
    private void Lose()
    {
        int before = Interlocked.Exchange(ref _state, (int)State.Closed);
        if (before == (int)State.Closed)
        {
            return;
        }

        _closing.Cancel();
        _keepAlive?.Dispose();
        _inflight.Dispose();
        _transport?.Dispose();
        if (before == (int)State.Connected)
        {
            ConnectionClosed?.Invoke(this, EventArgs.Empty);
        }
    }

    private ushort NextMessageId()
    {
        ushort messageId = (ushort)Interlocked.Increment(ref _lastMessageId);
        return messageId == 0 ? NextMessageId() : messageId;
    }
}
