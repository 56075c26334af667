using System.Security.Cryptography;
using System.Text;
using IotAttest.Protocol;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Cluster;

/// <summary>What boards may do at a cluster, in the four questions of rabbitmq_auth_backend_http (as version 3.10.8 asks them): DESIGN.md section 5, own topics only.</summary>
/// <remarks>The user of the verifiers is none of the boards: RabbitMQ knows it itself.</remarks>
internal sealed class BoardAccess(DeviceDirectory devices)
{
    private const string Vhost = "/";
    private const string Exchange = "amq.topic";
    private const string Queue = "mqtt-subscription-";

    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    /// <summary>May this board log in? Over MQTT only, under its UEID as user name and as client id, with its credential, while it is in service.</summary>
    public bool MayLogIn(IReadOnlyDictionary<string, string> question)
    {
        string ueid = question.GetValueOrDefault("username", "");
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(question.GetValueOrDefault("password", "")));
        bool isKnown = devices.TryFindByUeid(ueid, out DeviceEntry? device);

        // Compared for strangers too, so that the answer takes as long. Failures are not counted: nobody guesses 32 random bytes, and a count
        // would let strangers keep a board out.
        bool holds = CryptographicOperations.FixedTimeEquals(hash, device?.CredentialHash ?? Nobody) && isKnown;
        return holds && question.GetValueOrDefault("client_id") == ueid && IsInService(ueid);
    }

    public bool MayEnter(IReadOnlyDictionary<string, string> question) => IsAsked(question, out _);

    /// <summary>The exchange of all topics, and the queues that the MQTT plugin makes for this client id.</summary>
    public bool MayUse(IReadOnlyDictionary<string, string> question)
    {
        string name = question.GetValueOrDefault("name", "");
        return IsAsked(question, out string ueid) && (question.GetValueOrDefault("resource"), question.GetValueOrDefault("permission")) switch
        {
            ("exchange", "read" or "write") => name == Exchange,
            ("queue", "configure" or "read" or "write") => name == $"{Queue}{ueid}qos0" || name == $"{Queue}{ueid}qos1",
            _ => false,
        };
    }

    /// <summary>The topics themselves, written as routing keys: no wildcard is equal to one.</summary>
    public bool MayTopic(IReadOnlyDictionary<string, string> question)
    {
        string key = question.GetValueOrDefault("routing_key", "");
        return question.GetValueOrDefault("name") == Exchange && IsAsked(question, out string ueid) && question.GetValueOrDefault("permission") switch
        {
            "write" => key == RoutingKey.Of(Topics.Evidence(ueid)) || key == RoutingKey.Of(Topics.Hello(ueid)),
            "read" => key == RoutingKey.Of(Topics.Challenge(ueid)) || key == RoutingKey.Of(Topics.Result(ueid)) || key == RoutingKey.Of(Topics.Epoch),
            _ => false,
        };
    }

    private bool IsAsked(IReadOnlyDictionary<string, string> question, out string ueid)
    {
        ueid = question.GetValueOrDefault("username", "");
        return question.GetValueOrDefault("vhost") == Vhost && IsInService(ueid);
    }

    private bool IsInService(string ueid) => devices.TryFindByUeid(ueid, out DeviceEntry? device) && !device.State.Facts.IsDecommissioned;
}
