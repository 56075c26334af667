using System.Diagnostics;
using System.Text;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Cli.Bench;

/// <summary>Boards that attest over MQTT as fast as they are answered: hello, challenge, evidence, PUBACK, again.</summary>
/// <remarks>Behind a broker a board waits for its signed result instead, and asks again for what does not come.</remarks>
internal sealed class LoadGenerator(string host, int port, LoadFleet fleet, bool waitsForResult = false) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<BoardLink> _links = [];

    /// <summary>The nonce of the last evidence that the verifier acknowledged, per UEID: the independent ledger of what must not be lost.</summary>
    public IReadOnlyDictionary<string, byte[]> Acknowledged =>
        _links.Where(link => link.LastAcknowledged is not null).ToDictionary(link => link.Board.Ueid, link => link.LastAcknowledged!);

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        foreach (EvidenceMaker board in fleet.Boards)
        {
            BoardLink link = new(board, waitsForResult);
            await link.ConnectAsync(host, port, cancellation);
            _links.Add(link);
        }
    }

    /// <summary>Runs until <paramref name="duration"/> is over or every connection broke.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="targetPerSecond">Attestations per second over all boards, each at its own moment (open loop); a late start counts into the latency.
    /// Null for as many as are answered.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public async Task<LoadReport> RunAsync(TimeSpan duration, double? targetPerSecond, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(duration);
        TimeSpan? pace = targetPerSecond is { } target ? TimeSpan.FromSeconds(_links.Count / target) : null;
        Stopwatch watch = Stopwatch.StartNew();
        List<double>[] latencies = await Task.WhenAll(_links.Select(link => Task.Run(() => link.RunAsync(pace, stop.Token), CancellationToken.None)));
        return LoadReport.Of(latencies, watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BoardLink link in _links)
        {
            await link.DisposeAsync();
        }
    }

    private sealed class BoardLink(EvidenceMaker board, bool waitsForResult) : IAsyncDisposable
    {
        private readonly string _helloTopic = Topics.Hello(board.Ueid);
        private readonly string _evidenceTopic = Topics.Evidence(board.Ueid);
        private readonly string _resultTopic = Topics.Result(board.Ueid);
        private TaskCompletionSource<byte[]> _challenge = NewSource();
        private TaskCompletionSource<byte[]> _result = NewSource();
        private MqttClientConnection? _connection;

        public EvidenceMaker Board => board;

        public byte[]? LastAcknowledged { get; private set; }

        public async Task ConnectAsync(string host, int port, CancellationToken cancellation)
        {
            _connection = await MqttClientConnection.ConnectAsync(
                new MqttClientOptions
                {
                    Host = host,
                    Port = port,
                    ClientId = board.Ueid,
                    UserName = board.Ueid,
                    Password = Encoding.ASCII.GetBytes(board.Credential),
                    OnMessage = OnMessage,
                },
                cancellation);
            await _connection.SubscribeAsync(Topics.Challenge(board.Ueid), MqttQualityOfService.AtLeastOnce, cancellation);
            if (waitsForResult)
            {
                await _connection.SubscribeAsync(_resultTopic, MqttQualityOfService.AtLeastOnce, cancellation);
            }
        }

        public async Task<List<double>> RunAsync(TimeSpan? pace, CancellationToken stop)
        {
            List<double> latencies = [];
            try
            {
                if (pace is { } interval)
                {
                    await RunAtPaceAsync(interval, latencies, stop);
                }

                while (!stop.IsCancellationRequested)
                {
                    latencies.Add(await AttestAsync(stop));
                }
            }
            catch (Exception ending) when (ending is OperationCanceledException or MqttClientException)
            {
                // The end of the run, or of the verifier: what was acknowledged until here counts.
            }

            return latencies;
        }

        public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

        // Each has its moment, whatever became of the one before: a verifier that stalls is not asked less, and what waited meanwhile counts as late.
        private async Task RunAtPaceAsync(TimeSpan interval, List<double> latencies, CancellationToken stop)
        {
            // Boards start spread over one interval, not all at once.
            TimeSpan due = interval * Random.Shared.NextDouble();
            Stopwatch watch = Stopwatch.StartNew();
            while (!stop.IsCancellationRequested)
            {
                TimeSpan rest = due - watch.Elapsed;
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, stop);
                    rest = TimeSpan.Zero;
                }

                latencies.Add(await AttestAsync(stop) - rest.TotalMilliseconds);
                due += interval;
            }
        }

        private async Task<double> AttestAsync(CancellationToken stop)
        {
            byte[] nonce = await ChallengeAsync(stop);
            byte[] evidence = board.Make(nonce);
            _result = NewSource();
            long sent = Stopwatch.GetTimestamp();
            do
            {
                await _connection!.PublishAsync(_evidenceTopic, evidence, MqttQualityOfService.AtLeastOnce, cancellation: stop);
            }
            while (waitsForResult && !await ComesAsync(_result.Task, stop));
            LastAcknowledged = nonce;
            return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }

        // A hello has QoS 0: behind a broker it may be lost.
        private async Task<byte[]> ChallengeAsync(CancellationToken stop)
        {
            _challenge = NewSource();
            do
            {
                await _connection!.PublishAsync(_helloTopic, ReadOnlyMemory<byte>.Empty, MqttQualityOfService.AtMostOnce, cancellation: stop);
            }
            while (!await ComesAsync(_challenge.Task, stop));
            return await _challenge.Task;
        }

        // A connection that breaks meanwhile ends the wait: nothing will come.
        private async Task<bool> ComesAsync(Task awaited, CancellationToken stop)
        {
            try
            {
                await Task.WhenAny(awaited, _connection!.Closed).WaitAsync(waitsForResult ? Patience : Timeout.InfiniteTimeSpan, stop);
            }
            catch (TimeoutException)
            {
                return false;
            }

            return awaited.IsCompleted ? true : throw new MqttClientException("The connection closed before an answer came.");
        }

        private ValueTask OnMessage(MqttMessage message)
        {
            (message.Topic == _resultTopic ? _result : _challenge).TrySetResult(message.Payload.ToArray());
            return ValueTask.CompletedTask;
        }

        private static TaskCompletionSource<byte[]> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
