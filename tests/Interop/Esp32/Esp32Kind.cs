using System.Security.Cryptography;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>One way in which a chip of the family holds its key.</summary>
internal sealed record Esp32Kind(string Program, string Factory, string Board, byte Algorithm, int Purpose)
{
    public const byte Hmac = 1;
    public const byte Es256 = 2;

    /// <summary>Stands for the chip's flash encryption key.</summary>
    public static readonly byte[] StreamKey = [.. Enumerable.Range(0x60, 32).Select(i => (byte)i)];

    /// <summary>In encrypted NVS.</summary>
    public static readonly Esp32Kind Stored = new("esp32", "esp32-factory", "ESP32_REV3", Hmac, 0);

    /// <summary>In eFuse, for the HMAC peripheral.</summary>
    public static readonly Esp32Kind HmacFuse = new("esp32c3", "esp32c3-factory", "ESP32_C3", Hmac, 8);

    /// <summary>In eFuse, for the ECDSA peripheral.</summary>
    public static readonly Esp32Kind EcdsaFuse = new("esp32c61", "esp32c61-factory", "ESP32_C61", Es256, 1);

    /// <summary>The same on a chip that has an HMAC peripheral too.</summary>
    public static readonly Esp32Kind PreferredEcdsaFuse = new("esp32c5", "esp32c61-factory", "ESP32_C5_THREAD", Es256, 1);

    public static Esp32Kind Of(string program) =>
        new[] { Stored, HmacFuse, EcdsaFuse, PreferredEcdsaFuse }.Single(kind => kind.Program == program);

    /// <summary>A new chip with random flash; where the key lies in flash, flash encryption is on in release mode.</summary>
    public Esp32Board New(string? board = null)
    {
        Esp32Map map = Esp32Map.Of(board ?? Board);
        byte[] flash = Esp32Sample.Flash(map);
        return this == Stored ? Encrypted(map, flash, isDeploymentEncrypted: true) : new Esp32Board(map, flash);
    }

    /// <summary>A chip that encrypts, with the partitions of partitions_iotattest_esp32_4mb.csv; <paramref name="plain"/> is what code sees.</summary>
    public static Esp32Board Encrypted(Esp32Map map, byte[] plain, bool isDeploymentEncrypted)
    {
        byte[] raw = [.. plain];
        foreach (Esp32Map.Region region in map.Measured.Where(region => isDeploymentEncrypted || region.Name != "deployment"))
        {
            EncryptUpToErased(raw, region);
        }

        Esp32Board board = new(map, raw, "crypt 2", isDeploymentEncrypted);
        board.Always($"keystream {Convert.ToHexString(StreamKey)}");
        board.Always("partition 1 2 0x3A0000 0x6000 iotattest 0");
        board.Always("partition 1 4 0x3A6000 0x1000 nvs_keys 1");
        return board;
    }

    // The erased half stays erased on the chip, as the factory wrote nothing there.
    private static void EncryptUpToErased(byte[] flash, Esp32Map.Region region)
    {
        byte[] input = [.. StreamKey, 0, 0, 0, 0];
        byte[] stream = new byte[32];
        for (int at = region.Offset; at < region.Offset + (region.Length / 2); at += stream.Length)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(32), at / stream.Length);
            SHA256.HashData(input, stream);
            for (int i = 0; i < stream.Length; i++)
            {
                flash[at + i] ^= stream[i];
            }
        }
    }
}
