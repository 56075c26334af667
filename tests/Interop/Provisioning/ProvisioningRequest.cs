using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>A request that a test takes apart: change the bytes, and the check still fits (docs/protocol.md section 9).</summary>
internal sealed class ProvisioningRequest
{
    public const int FlagsAt = 4;
    public const int AlgorithmAt = 5;
    public const int FormAt = 6;
    public const int ReservedAt = 7;
    public const int UeidAt = 8;
    public const int OemIdAt = 41;
    public const int VersionAt = 57;
    public const int KeyAt = 121;
    public const int CheckAt = 153;

    private const int CheckBytes = 8;

    /// <summary>The request without its check: 153 bytes.</summary>
    public byte[] Bytes { get; private init; } = Sample();

    public string Line => $"provision {Convert.ToHexStringLower([.. Bytes, .. SHA256.HashData(Bytes)[..CheckBytes]])}";

    public static ProvisioningRequest With(int offset, params byte[] bytes)
    {
        ProvisioningRequest request = new();
        bytes.CopyTo(request.Bytes, offset);
        return request;
    }

    public static ProvisioningRequest MadeOnChip()
    {
        ProvisioningRequest request = With(FlagsAt, 1, 2);
        request.Bytes.AsSpan(KeyAt).Clear();
        return request;
    }

    private static byte[] Sample()
    {
        byte[] bytes = new byte[CheckAt];
        "IAP1"u8.CopyTo(bytes);
        bytes[AlgorithmAt] = 1;
        SampleBoard.UeidBytes.CopyTo(bytes, UeidAt);
        SampleBoard.ClassId.ToByteArray(bigEndian: true).CopyTo(bytes, UeidAt + 17);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(OemIdAt), SampleBoard.OemNumber);
        Encoding.ASCII.GetBytes("rev C").CopyTo(bytes, VersionAt);
        SampleBoard.Key.CopyTo(bytes, KeyAt);
        return bytes;
    }
}
