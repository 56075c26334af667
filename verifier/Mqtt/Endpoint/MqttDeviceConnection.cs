using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace IotAttest.Mqtt;

/// <summary>One network connection of the endpoint: its life from accept to close.</summary>
internal sealed class MqttDeviceConnection : IMqttConnection
{
    private readonly ConnectionContext _context;
    private readonly MqttEndpointServices _services;
    private readonly MqttReceiver _receiver;
    private readonly InboundPublishes _publishes;
    private readonly MqttPacketDispatch _dispatch;
    private readonly long _accepted;
    private TimeSpan _silenceAllowed;
    private MqttSession? _session;
    private Exception? _cause;
    private int _closeReason;

    public MqttDeviceConnection(ConnectionContext context, MqttEndpointServices services)
    {
        MqttEndpointOptions options = services.Options;
        _context = context;
        _services = services;
        _accepted = services.Time.GetTimestamp();
        RemoteEndPoint = context.RemoteEndPoint;
        IsTls = context.Features.Get<ITlsHandshakeFeature>() is not null;


        // The reader pauses at half the queue, so that answers to one burst cannot fill it and look like a slow client.
        Outbound = new OutboundQueue(context.Transport.Output, this, options.OutboundQueuePackets, options.OutboundQueuePackets / 2, services.Time);
        _publishes = new InboundPublishes(this, Outbound, options.MaxInflightPublishes, options.MaxUnreleasedPublishes);
        _receiver = new MqttReceiver(context.Transport.Input, this, Outbound, _publishes, options.MaxPacketBytes, services.Time);
        _dispatch = new MqttPacketDispatch(this, _publishes, services);
    }

    public OutboundQueue Outbound { get; }

    // Copies: a session is asked for them also after its transport is gone.
    public EndPoint? RemoteEndPoint { get; }

    public bool IsTls { get; }

    public MqttCloseReason CloseReason => (MqttCloseReason)Volatile.Read(ref _closeReason);

    public bool IsClosed => CloseReason != MqttCloseReason.None;

    public async Task RunAsync()
    {
        // Not bound to ConnectionClosed: that fires when the peer's end arrives, and what it sent before is still to be read.
        using CancellationTokenRegistration stopping = Stopping.UnsafeRegister(OnServerStopping, this);
        try
        {
            await ServeAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Close(MqttCloseReason.ConnectionLost, exception);
        }
        catch (Exception exception)
        {
            // Only the handler is left: its fault ends this connection and is logged with it.
            Close(MqttCloseReason.HandlerFailed, exception);
        }
        finally
        {
            await EndAsync();
        }
    }

    public bool HandlePacket(MqttFrame frame) => _dispatch.Handle(_session!, frame);

    public ValueTask<MqttPublishOutcome> DeliverAsync(MqttMessage message) => _services.Handler.OnPublishAsync(_session!, message);

    public void OnProgress() => _receiver.Resume();

    public void Close(MqttCloseReason reason, Exception? cause = null)
    {
        if (reason == MqttCloseReason.HandlerFailed && cause is not null)
        {
            // Also for a message that outlived its connection: a fault of the application never goes unseen.
            _services.Logger.HandlerFailed(cause, _session?.ClientId);
        }

        if (Interlocked.CompareExchange(ref _closeReason, (int)reason, (int)MqttCloseReason.None) != (int)MqttCloseReason.None)
        {
            return;
        }

        _cause = cause;
        _receiver.Resume();

        // A refused CONNECT still has its CONNACK to send, and a peer that said goodbye closes by itself.
        if (reason is not (MqttCloseReason.ConnectRefused or MqttCloseReason.PeerDisconnected))
        {
            _context.Abort(new ConnectionAbortedException($"MQTT: {reason}"));
        }
    }

    /// <summary>Called a few times a second.</summary>
    public void CheckTimeouts()
    {
        long flushStarted = Outbound.FlushStarted;
        if (flushStarted != 0 && Elapsed(flushStarted) > _services.Options.WriteTimeout)
        {
            // Also after a close: a CONNACK that nobody takes must not hold the connection.
            Close(MqttCloseReason.WriteTimeout);
            _context.Abort(new ConnectionAbortedException("MQTT: WriteTimeout"));
        }
        else if (Volatile.Read(ref _session) is null)
        {
            CheckConnectTimeout();
        }
        else if (!_receiver.IsPaused && Elapsed(_receiver.LastPacket) > _silenceAllowed)
        {
            Close(MqttCloseReason.KeepAliveTimeout);
        }
    }

    private CancellationToken Stopping =>
        _context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    private static void OnServerStopping(object? state) => ((MqttDeviceConnection)state!).Close(MqttCloseReason.ServerStopping);

    private TimeSpan Elapsed(long since) => _services.Time.GetElapsedTime(since);

    private void CheckConnectTimeout()
    {
        if (Elapsed(_accepted) > _services.Options.ConnectTimeout)
        {
            Close(MqttCloseReason.ConnectTimeout);
        }
    }

    private async Task ServeAsync()
    {
        MqttConnectReader connects = new(_context.Transport.Input, _services.Options);
        MqttConnectOutcome outcome = await connects.ReadAsync();
        if (outcome.Packet is null)
        {
            Refuse(outcome);
            return;
        }

        MqttConnectReturnCode code = await AuthenticateAsync(outcome.Packet);
        if (code != MqttConnectReturnCode.Accepted)
        {
            _services.Logger.ConnectRefused(PrintableClientId.Of(outcome.Packet.ClientId), RemoteEndPoint, code);
            Refuse(outcome with { ReturnCode = code });
            return;
        }

        if (!IsClosed)
        {
            Open(outcome.Packet);
            await _receiver.RunAsync();
        }
    }

    /// <summary>[MQTT-3.1.3-8] asks for 2 when the identifier is empty. Where 3.1.1 would let a server invent one, a board without a name is of no use.</summary>
    private ValueTask<MqttConnectReturnCode> AuthenticateAsync(MqttConnectPacket connect)
    {
        if (connect.ClientId.Length == 0)
        {
            return ValueTask.FromResult(MqttConnectReturnCode.IdentifierRejected);
        }

        // A conditional with null would turn it into an empty memory: absent and empty are different passwords.
        ReadOnlyMemory<byte>? password = connect.Password is null ? null : new ReadOnlyMemory<byte>(connect.Password);
        MqttConnectRequest request = new(connect.ClientId, connect.UserName, password, RemoteEndPoint, IsTls);
        return _services.Handler.AuthenticateAsync(request, _context.ConnectionClosed);
    }

    /// <summary>CONNACK with a code other than 0, then the end [MQTT-3.2.2-5]; without a code just the end.</summary>
    private void Refuse(MqttConnectOutcome outcome)
    {
        if (outcome.ReturnCode == MqttConnectReturnCode.Accepted)
        {
            Close(outcome.CloseReason, outcome.Cause);
            return;
        }

        Close(MqttCloseReason.ConnectRefused, outcome.Cause);
        Outbound.EnqueueReply(MqttOutboundPacket.ConnectAcknowledgement(sessionPresent: false, outcome.ReturnCode));
    }

    private void Open(MqttConnectPacket connect)
    {
        MqttSession session = new(connect.ClientId, this, _services.Options.MaxUnacknowledgedPublishes);
        TimeSpan asked = TimeSpan.FromSeconds(connect.KeepAliveSeconds);
        bool isUnlimited = asked == TimeSpan.Zero || asked > _services.Options.MaxKeepAlive;
        _silenceAllowed = (isUnlimited ? _services.Options.MaxKeepAlive : asked) * 1.5;
        _receiver.Touch();
        Volatile.Write(ref _session, session);

        // The CONNACK is queued before anybody can find the session: it must be the first packet [MQTT-3.2.0-1].
        Outbound.EnqueueReply(MqttOutboundPacket.ConnectAcknowledgement(sessionPresent: false, MqttConnectReturnCode.Accepted));
        MqttSession? older = _services.Sessions.Enter(session);
        older?.TakeOver();
        _services.Logger.SessionOpened(session.ClientId, RemoteEndPoint);
    }

    private async Task EndAsync()
    {
        // The transport goes away when this method returns, so no write may be under way then.
        await Outbound.StopAsync(discard: CloseReason != MqttCloseReason.ConnectRefused);
        _services.Logger.ConnectionEnded(_session?.ClientId, RemoteEndPoint, CloseReason, _cause?.Message);
        if (_session is { } session)
        {
            _services.Sessions.Leave(session);
            _services.Handler.OnDisconnected(session);
        }
    }
}
