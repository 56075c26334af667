using System.Buffers;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;

namespace IotAttest.Domain.Cose;

/// <summary>Sig_structure and MAC_structure (RFC 9052 sections 4.4 and 6.3): what a signature or a MAC is computed over.</summary>
internal static class CoseStructure
{
    private const int MaxStackBytes = 4096;
    private const int MaxOverheadBytes = 64;
    private const int ByteString = 2;
    private const int TextString = 3;
    private const byte ArrayOfFour = 0x84;
    private const byte EmptyMap = 0xa0;

    private static ReadOnlySpan<byte> SignatureContext => "Signature1"u8;

    private static ReadOnlySpan<byte> MacContext => "MAC0"u8;

    internal static bool VerifySignature(
        ECDsa key, ReadOnlySpan<byte> protectedBytes, ReadOnlySpan<byte> externalAad, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        byte[]? rented = null;
        Span<byte> buffer = BufferFor(protectedBytes.Length + externalAad.Length + payload.Length, stackalloc byte[MaxStackBytes], ref rented);
        int length = Write(buffer, SignatureContext, protectedBytes, externalAad, payload);
        bool holds = EcdsaP256.VerifyOnCurve(key, buffer[..length], signature);
        Return(rented);
        return holds;
    }

    internal static bool VerifyTag(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> protectedBytes, ReadOnlySpan<byte> externalAad, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tag)
    {
        byte[]? rented = null;
        Span<byte> buffer = BufferFor(protectedBytes.Length + externalAad.Length + payload.Length, stackalloc byte[MaxStackBytes], ref rented);
        int length = Write(buffer, MacContext, protectedBytes, externalAad, payload);
        bool holds = HmacSha256Tag.Verify(key, buffer[..length], tag, HmacSha256Tag.FullBytes);
        Return(rented);
        return holds;
    }

    /// <summary>Sig_structure of a message to be signed.</summary>
    internal static byte[] ToBeSigned(ReadOnlySpan<byte> protectedBytes, ReadOnlySpan<byte> payload)
    {
        byte[] buffer = new byte[protectedBytes.Length + payload.Length + MaxOverheadBytes];
        return buffer[..Write(buffer, SignatureContext, protectedBytes, [], payload)];
    }

    // The skipped zeroing of stackalloc does not matter: only what Write filled is read.
    private static Span<byte> BufferFor(int contentLength, Span<byte> stack, ref byte[]? rented) =>
        contentLength + MaxOverheadBytes <= stack.Length ? stack : rented = ArrayPool<byte>.Shared.Rent(contentLength + MaxOverheadBytes);

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Write(
        Span<byte> output, ReadOnlySpan<byte> context, ReadOnlySpan<byte> protectedBytes, ReadOnlySpan<byte> externalAad, ReadOnlySpan<byte> payload)
    {
        output[0] = ArrayOfFour;
        int position = 1;
        position += WriteString(output[position..], TextString, context);
        position += WriteString(output[position..], ByteString, Normalise(protectedBytes));
        position += WriteString(output[position..], ByteString, externalAad);
        return position + WriteString(output[position..], ByteString, payload);
    }

    // RFC 9052 section 4.4: an empty map counts as a zero-length string, whichever of the two the message carries.
    private static ReadOnlySpan<byte> Normalise(ReadOnlySpan<byte> protectedBytes) =>
        protectedBytes.Length == 1 && protectedBytes[0] == EmptyMap ? [] : protectedBytes;

    private static int WriteString(Span<byte> output, int major, ReadOnlySpan<byte> content)
    {
        int head = CborHead.Write(output, major, content.Length);
        content.CopyTo(output[head..]);
        return head + content.Length;
    }
}
