using System.Diagnostics.CodeAnalysis;
using IotAttest.Protocol;

namespace IotAttest.Service.Brokers;

/// <summary>What the topic of a message from a broker says: which board, and whether it says hello or brings evidence.</summary>
internal static class BrokerTopic
{
    private static readonly int HelloLength = Topics.Prefix.Length + Ueid.HexDigits + Topics.HelloLeaf.Length;
    private static readonly int EvidenceLength = Topics.Prefix.Length + Ueid.HexDigits + Topics.EvidenceLeaf.Length;

    /// <summary>Reads a topic.</summary>
    /// <returns>False for every other topic than the two that boards write, and for what is no UEID.</returns>
    public static bool TryParse(string topic, [NotNullWhen(true)] out string? ueid, out bool isHello)
    {
        ueid = null;
        isHello = topic.Length == HelloLength && topic.EndsWith(Topics.HelloLeaf, StringComparison.Ordinal);
        bool isEvidence = topic.Length == EvidenceLength && topic.EndsWith(Topics.EvidenceLeaf, StringComparison.Ordinal);
        if ((!isHello && !isEvidence) || !topic.StartsWith(Topics.Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string name = topic.Substring(Topics.Prefix.Length, Ueid.HexDigits);
        ueid = Ueid.FromHex(name) is null ? null : name;
        return ueid is not null;
    }
}
