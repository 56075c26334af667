using IotAttest.Interop.Tests.Provisioning;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>Flash contents, keys and requests that the ESP32 tests share.</summary>
internal static class Esp32Sample
{
    public const string HardwareVersion = "rev C";

    public static readonly byte[] Key = SampleBoard.Key;

    public static readonly string Nonce = Convert.ToHexString(SampleBoard.Nonce);

    /// <summary>Random content, each measured region ending in erased bytes, the same in every run.</summary>
    public static byte[] Flash(Esp32Map map)
    {
        byte[] flash = new byte[map.FlashBytes];
        new Random(11).NextBytes(flash);
        foreach (Esp32Map.Region region in map.Measured)
        {
            flash.AsSpan(region.Offset + (region.Length / 2), region.Length / 2).Fill(0xFF);
        }

        return flash;
    }

    /// <summary>A provisioning line of docs/protocol.md; without a key the chip makes it.</summary>
    public static string Request(byte algorithm, byte[]? key)
    {
        ProvisioningRequest request = key is null ? ProvisioningRequest.MadeOnChip() : ProvisioningRequest.With(ProvisioningRequest.KeyAt, key);
        request.Bytes[ProvisioningRequest.AlgorithmAt] = algorithm;
        return request.Line;
    }

    /// <summary>A provisioned board that runs the product's firmware and has booted.</summary>
    public static Esp32Board Booted(Esp32Build build, Esp32Kind kind)
    {
        Esp32Board board = Provisioned(build, kind);
        board.Run(build.Program(kind.Program));
        board.Set("boot");
        return board;
    }

    /// <summary>A board that left the factory and is off.</summary>
    public static Esp32Board Provisioned(Esp32Build build, Esp32Kind kind)
    {
        Esp32Board board = kind.New();
        board.Run(build.Program(kind.Factory));
        Assert.StartsWith("provisioned ", board.Ask(Request(kind.Algorithm, Key)), StringComparison.Ordinal);
        return board;
    }
}
