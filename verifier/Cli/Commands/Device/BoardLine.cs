using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Cli.Commands.Device;

/// <summary>The line that a board's provisioning firmware takes (docs/protocol.md section 9). Secret: it holds the key.</summary>
internal static class BoardLine
{
    /// <summary>An HMAC key, or the private number of a P-256 key, big endian.</summary>
    public const int KeyBytes = 32;

    /// <summary>The longest hardware version.</summary>
    public const int MaxVersionLength = 64;

    public const byte HmacCode = 1;
    public const byte Es256Code = 2;

    private const int RequestBytes = 161;
    private const int AlgorithmAt = 5;
    private const int FormAt = 6;
    private const int UeidAt = 8;
    private const int ClassAt = 25;
    private const int OemIdAt = 41;
    private const int VersionAt = 57;
    private const int KeyAt = 121;
    private const int CheckAt = 153;
    private const byte RandomOemId = 1;

    /// <param name="plan">What the boards of this run share.</param>
    /// <param name="ueid">17 bytes.</param>
    /// <param name="algorithm">1 HMAC 256/256, 2 ES256.</param>
    /// <param name="key">32 bytes.</param>
    public static string Of(ProvisioningPlan plan, ReadOnlySpan<byte> ueid, byte algorithm, ReadOnlySpan<byte> key)
    {
        Span<byte> request = stackalloc byte[RequestBytes];
        request.Clear();
        "IAP1"u8.CopyTo(request);
        request[AlgorithmAt] = algorithm;
        ueid.CopyTo(request[UeidAt..ClassAt]);
        plan.Class.TryWriteBytes(request[ClassAt..OemIdAt], bigEndian: true, out _);
        WriteOemId(plan, request);
        Encoding.ASCII.GetBytes(plan.HardwareVersion, request[VersionAt..KeyAt]);
        key.CopyTo(request[KeyAt..CheckAt]);
        SHA256.HashData(request[..CheckAt])[..(RequestBytes - CheckAt)].CopyTo(request[CheckAt..]);
        string line = $"provision {Convert.ToHexStringLower(request)}";
        CryptographicOperations.ZeroMemory(request);
        return line;
    }

    /// <summary>Whether a board can say that text as its hardware version: printable ASCII, at most 64 characters.</summary>
    public static bool Takes(string version) => version.Length <= MaxVersionLength && version.All(character => character is >= ' ' and <= '~');

    private static void WriteOemId(ProvisioningPlan plan, Span<byte> request)
    {
        if (plan.OemId.Number is { } number)
        {
            BinaryPrimitives.WriteUInt32BigEndian(request[OemIdAt..], (uint)number);
            return;
        }

        request[FormAt] = RandomOemId;
        Convert.FromHexString(plan.OemId.RandomHex!, request[OemIdAt..VersionAt], out _, out _);
    }
}
