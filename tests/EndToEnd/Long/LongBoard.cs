using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using IotAttest.Cli.Bench;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>A board that attests as fast as it is answered, connects again whenever it is cut off, and writes down what was acknowledged.</summary>
internal sealed class LongBoard(EvidenceMaker maker, Acknowledgement awaited)
{
    private const int LongestPauseMs = 200;
    private const int LongestPauseBehindBrokerMs = 1_000;
    private const int StoryLines = 24;

    // As firmware/Agent/LinkPatience.cs, which counts longer waits: a connection may be deaf (docs/scale.md).
    private const int HellosOnNewLink = 3;
    private const int HellosOnKnownLink = 24;

    /// <summary>How long a board waits for a handshake behind a broker, as the agent does for its subscription. One that is given up costs a node as much as one that is not: with 2 or 3 s boards
    /// that come back together keep each other out for longer (docs/figures.md, Faults).</summary>
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>How long it waits for a challenge or a result before it says hello again. On a connection to the verifier itself nothing is lost, and a second hello would bring
    /// two challenges, of which the older is refused: PUBACK tells a refusal too.</summary>
    private readonly TimeSpan _askAgain = awaited == Acknowledgement.Result ? TimeSpan.FromSeconds(2) : Timeout.InfiniteTimeSpan;

    private readonly TimeSpan _handshake = awaited == Acknowledgement.Result ? Handshake : Timeout.InfiniteTimeSpan;

    private readonly Lock _line = new();
    private readonly List<byte[]> _sentSince = [];
    private readonly LinkedList<string> _story = [];
    private string _told = "";
    private int _repeated;
    private int _unanswered;
    private bool _isHeard;
    private byte[]? _last;
    private long _answered;
    private long _acknowledged;
    private long _sent;

    public EvidenceMaker Maker => maker;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>What happened to it last, with times: connections, what cut them off, waits in vain.</summary>
    public string Story
    {
        get
        {
            lock (_line)
            {
                return $"{maker.Ueid}:\n  {string.Join("\n  ", _story)}";
            }
        }
    }

    public LedgerLine Line
    {
        get
        {
            lock (_line)
            {
                return new LedgerLine(maker.Ueid, _acknowledged, _last, [.. _sentSince], _sent);
            }
        }
    }

    /// <summary>Runs until it is stopped, against whatever address there is at each moment.</summary>
    public async Task RunAsync(Func<(string Host, int Port)?> address, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (address() is { } place)
            {
                await RunOnceAsync(place.Host, place.Port, stop);
            }

            await Task.Delay(PauseMs(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Behind a broker as the agent's first pause, which does not grow here so that figures are of the broker; the verifier itself takes boards that come back at once.
    private int PauseMs() => awaited == Acknowledgement.Result ? Random.Shared.Next(LongestPauseBehindBrokerMs / 2, LongestPauseBehindBrokerMs) : Random.Shared.Next(LongestPauseMs);

    private async Task RunOnceAsync(string host, int port, CancellationToken stop)
    {
        Channel<MqttMessage> heard = Channel.CreateUnbounded<MqttMessage>();
        (_unanswered, _isHeard) = (0, false);
        Tell($"connects to {host}:{port}");
        try
        {
            await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(Options(host, port, heard.Writer), stop);
            Tell("is let in");
            _ = connection.Closed.ContinueWith(_ => heard.Writer.TryComplete(), TaskScheduler.Default);
            await connection.SubscribeAsync(Topics.Challenge(maker.Ueid), MqttQualityOfService.AtLeastOnce, stop).WaitAsync(_handshake, stop);
            if (awaited == Acknowledgement.Result)
            {
                await connection.SubscribeAsync(Topics.Result(maker.Ueid), MqttQualityOfService.AtLeastOnce, stop).WaitAsync(_handshake, stop);
            }

            Tell("is connected and subscribed");
            while (!stop.IsCancellationRequested && _unanswered < (_isHeard ? HellosOnKnownLink : HellosOnNewLink))
            {
                await AttestAsync(connection, heard.Reader, stop);
            }
        }
        catch (Exception cut) when (cut is MqttClientException or ChannelClosedException or OperationCanceledException or TimeoutException)
        {
            // Cut off, not answered by a broker that stands still, or told to stop; what was acknowledged until here counts.
            Tell($"is cut off: {cut.Message}");
        }
    }

    private async Task AttestAsync(MqttClientConnection connection, ChannelReader<MqttMessage> heard, CancellationToken stop)
    {
        await connection.PublishAsync(Topics.Hello(maker.Ueid), ReadOnlyMemory<byte>.Empty, MqttQualityOfService.AtLeastOnce, cancellation: stop).AsTask().WaitAsync(_handshake, stop);
        if (await NextAsync(heard, message => message.Topic == Topics.Challenge(maker.Ueid), stop) is not { } challenge)
        {
            _unanswered++;
            Tell("has no challenge");
            return;
        }

        if (!_isHeard)
        {
            Tell("has its first challenge");
        }

        (_unanswered, _isHeard) = (0, true);
        byte[] nonce = challenge.Payload.ToArray();
        long made = BinaryPrimitives.ReadInt64BigEndian(nonce);
        if (made == _answered)
        {
            // The time of accepted challenges must grow (DESIGN.md section 4): of two of one millisecond the second is refused, and PUBACK would tell that too.
            return;
        }

        _answered = made;
        byte[] evidence = maker.Make(nonce);
        Send(nonce);
        await connection.PublishAsync(Topics.Evidence(maker.Ueid), evidence, MqttQualityOfService.AtLeastOnce, cancellation: stop).AsTask().WaitAsync(_handshake, stop);
        if (awaited == Acknowledgement.Puback || await NextAsync(heard, message => IsResultOf(message, nonce), stop) is not null)
        {
            Acknowledge(nonce);
            return;
        }

        Tell("has no result");
    }

    // The claims of a result hold the challenge as 32 plain bytes.
    private bool IsResultOf(MqttMessage message, byte[] nonce) => message.Topic == Topics.Result(maker.Ueid) && message.Payload.Span.IndexOf(nonce) >= 0;

    /// <summary>The next message that is wanted, past others; null when none came in time.</summary>
    private async Task<MqttMessage?> NextAsync(ChannelReader<MqttMessage> heard, Func<MqttMessage, bool> isWanted, CancellationToken stop)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_askAgain);
        try
        {
            while (true)
            {
                MqttMessage message = await heard.ReadAsync(patience.Token);
                if (isWanted(message))
                {
                    return message;
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    // What happens again and again is told at its first and at its last time.
    private void Tell(string what)
    {
        lock (_line)
        {
            _repeated = what == _told ? _repeated + 1 : 0;
            if (_repeated > 1)
            {
                _story.RemoveLast();
            }

            _told = what;
            _story.AddLast($"{DateTime.UtcNow:HH:mm:ss.fff} {what}{(_repeated > 0 ? $", {_repeated + 1} times now" : "")}");
            if (_story.Count > StoryLines)
            {
                _story.RemoveFirst();
            }
        }
    }

    private void Send(byte[] nonce)
    {
        lock (_line)
        {
            _sentSince.Add(nonce);
            _sent++;
        }
    }

    private void Acknowledge(byte[] nonce)
    {
        lock (_line)
        {
            _last = nonce;
            _acknowledged++;
            _sentSince.Clear();
        }
    }

    private MqttClientOptions Options(string host, int port, ChannelWriter<MqttMessage> heard) => new()
    {
        Host = host,
        Port = port,
        ClientId = maker.Ueid,
        UserName = maker.Ueid,
        Password = Encoding.ASCII.GetBytes(maker.Credential),
        ConnectTimeout = Handshake,
        OnMessage = message =>
        {
            heard.TryWrite(message with { Payload = message.Payload.ToArray() });
            return ValueTask.CompletedTask;
        },
    };
}
