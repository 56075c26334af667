using System.Security.Cryptography;
using System.Text;
using IotAttest.Protocol;

namespace IotAttest.Cli.Bench;

/// <summary>The four components of a firmware that exists for the benchmark only.</summary>
internal static class BenchFirmware
{
    public static IReadOnlyList<(string Name, byte[] Sha256)> Components { get; } =
    [
        .. new[] { EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment }
            .Select(name => (name, SHA256.HashData(Encoding.ASCII.GetBytes("bench " + name)))),
    ];
}
