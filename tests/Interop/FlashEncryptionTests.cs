using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IotAttest.Interop.Tests;

/// <summary>DESIGN.md section 3: under flash encryption a 32-byte block whose raw bytes are all 0xFF measures as 0xFF.</summary>
[Collection(NativeTests.Name)]
public sealed class FlashEncryptionTests(NativeBuild build)
{
    private const int BlockBytes = 32;
    private const int LengthBytes = 8192;
    private const int CodeBytes = 3008;

    private static readonly byte[] StreamKey = [.. Enumerable.Range(0x40, 32).Select(i => (byte)i)];

    [RequiresNativeBuildFact]
    public void An_erased_tail_that_decrypts_to_noise_measures_as_erased()
    {
        byte[] plain = Plain();
        byte[] raw = Encrypt(plain, CodeBytes);

        Assert.All(raw[CodeBytes..], each => Assert.Equal(0xFF, each));
        Assert.Equal(SHA256.HashData(plain), Measure(raw));
    }

    [RequiresNativeBuildFact]
    public void Two_boards_with_keys_of_their_own_measure_the_same()
    {
        byte[] plain = Plain();
        byte[] otherKey = [.. StreamKey.Reverse()];

        Assert.Equal(Measure(Encrypt(plain, CodeBytes)), Measure(Encrypt(plain, CodeBytes, otherKey), otherKey));
    }

    [RequiresNativeBuildFact]
    public void One_raw_byte_other_than_FF_makes_a_block_count_as_it_decrypts()
    {
        byte[] plain = Plain();
        byte[] raw = Encrypt(plain, CodeBytes);
        raw[^1] = 0xFE;
        byte[] noise = Encrypt(raw, LengthBytes);
        noise.AsSpan(LengthBytes - BlockBytes).CopyTo(plain.AsSpan(LengthBytes - BlockBytes));

        Assert.Equal(SHA256.HashData(plain), Measure(raw));
    }

    [RequiresNativeBuildFact]
    public void Plain_bytes_of_FF_that_were_written_measure_as_FF()
    {
        byte[] plain = Plain();
        byte[] raw = Encrypt(plain, LengthBytes);

        Assert.Equal(SHA256.HashData(plain), Measure(raw));
    }

    [RequiresNativeBuildTheory]
    [InlineData(8160, "ok")]
    [InlineData(8161, "error 7")]
    [InlineData(8191, "error 7")]
    public void An_encrypted_region_is_whole_blocks(int length, string expected)
    {
        using HostBoard board = SampleBoard.Configured(build.Host, new byte[LengthBytes], [$"keystream {Convert.ToHexString(StreamKey)}", $"region deployment 0 {length} encrypted"]);

        Assert.Equal(expected, board.Ask("boot"));
    }

    private static byte[] Plain()
    {
        byte[] plain = new byte[LengthBytes];
        new Random(3).NextBytes(plain.AsSpan(0, CodeBytes));
        plain.AsSpan(CodeBytes).Fill(0xFF);
        return plain;
    }

    // What the chip holds when the first bytes were written and the rest is as erased. Applied twice to all bytes it decrypts.
    private static byte[] Encrypt(byte[] plain, int written, byte[]? key = null)
    {
        byte[] raw = [.. plain];
        for (int at = 0; at < written; at++)
        {
            raw[at] ^= Stream(key ?? StreamKey, at / BlockBytes)[at % BlockBytes];
        }

        return raw;
    }

    private static byte[] Stream(byte[] key, int block)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, block);
        return SHA256.HashData((byte[])[.. key, .. number]);
    }

    private byte[] Measure(byte[] raw, byte[]? key = null)
    {
        using HostBoard board = SampleBoard.Configured(build.Host, raw, [$"keystream {Convert.ToHexString(key ?? StreamKey)}", $"region deployment 0 {raw.Length} encrypted", "boot"]);
        return DecodedEvidence.Of(board.Attest(SampleBoard.Nonce)).DigestOf("deployment");
    }
}
