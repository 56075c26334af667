using System.Collections.Concurrent;
using System.Security.Cryptography;

using IotAttest.Protocol;

using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent.Tests;

/// <summary>The other side, as small as it can be: hears hello and evidence of all boards, sends challenges and results.</summary>
internal sealed class TestVerifier : IDisposable
{
    private readonly MqttClient _client;
    private int _hellos;

    public TestVerifier(int port)
    {
        _client = new MqttClient("127.0.0.1", port, false, null, null, MqttSslProtocols.None);
        _client.MqttMsgPublishReceived += OnMessage;
        bool isSubscribed = false;
        _client.MqttMsgSubscribed += (_, _) => Volatile.Write(ref isSubscribed, true);
        Assert.Equal(MqttReasonCode.Success, _client.Connect("verifier", "verifier", "verifier-password"));
        _client.Subscribe([Topics.Hello("+"), Topics.Evidence("+")], [MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtLeastOnce]);
        Eventually.Holds(() => Volatile.Read(ref isSubscribed), "the verifier is subscribed");
    }

    /// <summary>Answers each hello with a fresh challenge when on.</summary>
    public bool ChallengesOnHello { get; set; }

    /// <summary>With which QoS the last hello came.</summary>
    public MqttQoSLevel HelloQoS { get; private set; }

    public int Hellos => Volatile.Read(ref _hellos);

    /// <summary>The evidence that came, by UEID.</summary>
    public ConcurrentQueue<(string Ueid, byte[] Bytes)> Evidence { get; } = new();

    /// <summary>The challenges sent, by UEID.</summary>
    public ConcurrentDictionary<string, byte[]> Challenges { get; } = new();

    public byte[] Challenge(string ueid, byte[]? bytes = null)
    {
        byte[] challenge = bytes ?? RandomNumberGenerator.GetBytes(EvidenceProfile.NonceBytes);
        Challenges[ueid] = challenge;
        _client.Publish(Topics.Challenge(ueid), challenge, null, null, MqttQoSLevel.AtLeastOnce, false);
        return challenge;
    }

    public void Publish(string topic, byte[] payload, bool retain = false) => _client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);

    /// <summary>Waits for the next evidence.</summary>
    public byte[] NextEvidence()
    {
        (string Ueid, byte[] Bytes) evidence = (string.Empty, []);
        Eventually.Holds(() => Evidence.TryDequeue(out evidence), "evidence comes");
        return evidence.Bytes;
    }

    public void Dispose() => _client.Dispose();

    private void OnMessage(object sender, MqttMsgPublishEventArgs message)
    {
        string ueid = message.Topic.Split('/')[2];
        if (message.Topic.EndsWith(Topics.EvidenceLeaf, StringComparison.Ordinal))
        {
            Evidence.Enqueue((ueid, message.Message));
            return;
        }

        HelloQoS = message.QosLevel;
        Interlocked.Increment(ref _hellos);
        if (ChallengesOnHello)
        {
            Challenge(ueid);
        }
    }
}
