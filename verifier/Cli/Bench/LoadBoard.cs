using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks.Sources;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Cli.Bench;

/// <summary>A board of the load generator: hello, challenge, evidence, and PUBACK or, behind a broker, signed result. One attestation at a time.</summary>
/// <param name="board">Its key and claims.</param>
/// <param name="waitsForResult">True behind a broker, whose PUBACK says nothing of a verdict.</param>
internal sealed class LoadBoard(EvidenceMaker board, bool waitsForResult) : ILoadReceiver, IValueTaskSource<bool>, IDisposable
{
    // Behind a broker a hello of QoS 0 may be lost, and evidence too when the verifier ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _evidenceTopic = Topics.Evidence(board.Ueid);
    private readonly byte[] _resultTopic = Encoding.UTF8.GetBytes(Topics.Result(board.Ueid));
    private readonly byte[] _hello = Bytes(MqttOutboundPacket.Publish(new MqttMessage(Topics.Hello(board.Ueid), default, MqttQualityOfService.AtMostOnce), 0));
    private LoadSocket? _socket;
    private ManualResetValueTaskSourceCore<bool> _done;
    private int _step = (int)Step.Idle;
    private byte[]? _nonce;
    private byte[]? _evidence;
    private ushort _packetId;
    private long _sent;
    private long _stepped;
    private volatile bool _isEnded;

    private enum Step
    {
        Idle,
        AwaitsChallenge,
        AwaitsOutcome,
    }

    public string Ueid => board.Ueid;

    /// <summary>The nonce of the last evidence that the verifier acknowledged.</summary>
    public byte[]? LastAcknowledged { get; private set; }

    public Task ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        _socket = new LoadSocket(this);
        string[] topics = waitsForResult ? [Topics.Challenge(board.Ueid), Topics.Result(board.Ueid)] : [Topics.Challenge(board.Ueid)];
        return _socket.ConnectAsync(host, port, board.Ueid, board.Credential, topics, cancellation);
    }

    /// <summary>Attests once.</summary>
    /// <param name="stop">Ends the run; <see cref="End"/> must be called when it is cancelled.</param>
    /// <returns>False when the run or the connection ended before the outcome came.</returns>
    public ValueTask<bool> AttestAsync(CancellationToken stop)
    {
        _done.Reset();
        Volatile.Write(ref _step, (int)Step.AwaitsChallenge);
        Volatile.Write(ref _stepped, Stopwatch.GetTimestamp());
        ValueTask<bool> outcome = new(this, _done.Version);
        if (_isEnded || stop.IsCancellationRequested)
        {
            End();
        }
        else
        {
            _socket!.Send(_hello);
        }

        return outcome;
    }

    /// <summary>Milliseconds from sending the evidence of the last attestation to its outcome.</summary>
    public double LatencyMs { get; private set; }

    /// <summary>Ends the attestation in work, if there is one.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _step, (int)Step.Idle) != (int)Step.Idle)
        {
            _done.SetResult(false);
        }
    }

    /// <summary>Says again what was not answered in time; only behind a broker.</summary>
    public void Remind()
    {
        if (!waitsForResult || Stopwatch.GetElapsedTime(Volatile.Read(ref _stepped)) < Patience)
        {
            return;
        }

        Step step = (Step)Volatile.Read(ref _step);
        if (step != Step.Idle)
        {
            Volatile.Write(ref _stepped, Stopwatch.GetTimestamp());
            _socket!.Send(step == Step.AwaitsChallenge ? _hello : Bytes(EvidencePacket()));
        }
    }

    public void OnMessage(MqttPublishPacket message)
    {
        if (message.Topic.SequenceEqual(_resultTopic))
        {
            // The nonce stands in the signed result: that of evidence sent twice may come when the next one is in work.
            if (_nonce is not null && message.Payload.IndexOf(_nonce) >= 0)
            {
                Complete();
            }
        }
        else if (Volatile.Read(ref _step) == (int)Step.AwaitsChallenge)
        {
            _nonce = message.Payload.ToArray();
            _evidence = board.Make(_nonce);
            _packetId = _packetId == ushort.MaxValue ? (ushort)1 : (ushort)(_packetId + 1);
            _sent = Stopwatch.GetTimestamp();
            Volatile.Write(ref _stepped, _sent);
            Volatile.Write(ref _step, (int)Step.AwaitsOutcome);
            _socket!.Queue(EvidencePacket());
        }
    }

    public void OnAcknowledged(ushort packetId)
    {
        if (!waitsForResult && packetId == _packetId)
        {
            Complete();
        }
    }

    public void OnEnded()
    {
        _isEnded = true;
        End();
    }

    public void Dispose() => _socket?.Dispose();

    bool IValueTaskSource<bool>.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    private static byte[] Bytes(MqttOutboundPacket packet)
    {
        ArrayBufferWriter<byte> bytes = new();
        packet.WriteTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private MqttOutboundPacket EvidencePacket() =>
        MqttOutboundPacket.Publish(new MqttMessage(_evidenceTopic, _evidence!, MqttQualityOfService.AtLeastOnce), _packetId);

    private void Complete()
    {
        if (Interlocked.CompareExchange(ref _step, (int)Step.Idle, (int)Step.AwaitsOutcome) == (int)Step.AwaitsOutcome)
        {
            LatencyMs = Stopwatch.GetElapsedTime(_sent).TotalMilliseconds;
            LastAcknowledged = _nonce;
            _done.SetResult(true);
        }
    }
}
