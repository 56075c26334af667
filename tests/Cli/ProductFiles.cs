using IotAttest.Domain.Boards;
using IotAttest.Domain.Images;
using IotAttest.Support;

namespace IotAttest.Cli.Tests;

/// <summary>A product made from a board of this repository: board.json with a class, the files of a build, keys.</summary>
internal static class ProductFiles
{
    public const string Esp32 = "ESP32_C6_THREAD";
    public const string Stm32 = "ST_STM32F769I_DISCOVERY";

    public static string Hardware(string relative) => Path.Combine(SharedData.Repository, "hardware", relative);

    public static byte[] Sample(string name) => File.ReadAllBytes(Hardware(Path.Combine("samples", name)));

    public static byte[] Deployment(string version = "1.2.0.0") => [.. Sample("Sample.Sensor-1.0.3.0.pe"), .. Sample($"Sample.Thermostat-{version}.pe")];

    /// <summary>Makes my-board.json, the image files and the keys acme.pem and body.pem.</summary>
    public static async Task MakeAsync(CommandLine line, string board = Esp32)
    {
        (await line.RunAsync("board", "new-class", "--board", Hardware($"{board}/board.json"), "--oemid", "32473", "--out", "@my-board.json")).Ended(0);
        (await line.RunAsync("key", "new", "--type", "es256", "--out", "@acme.pem")).Ended(0);
        (await line.RunAsync("key", "new", "--type", "es256", "--out", "@body.pem")).Ended(0);
        Assert.True(BoardJson.TryRead(File.ReadAllText(line.PathOf("my-board.json")), out BoardDescription? description, out _));
        WriteImages(line, description);
    }

    /// <summary>The command line of a manifest; further words follow.</summary>
    public static string[] ManifestLine(string output = "@b.corim", string board = Esp32, params string[] more) =>
    [
        "build", "manifest", "--board", "@my-board.json",
        "--image", "bootloader=@boot.bin", "--image", "clr=@clr.bin", "--image", "deployment=@deploy.bin",
        .. board == Esp32 ? (string[])["--image", "partitions=@table.bin"] : [],
        "--version", "1.2.0", "--security-version", "3", "--key", "@acme.pem", "--issuer", "acme", "--out", output, .. more,
    ];

    public static string[] CertificateLine(params string[] more) =>
    [
        "certify", "issue", "--manifest", "@b.corim", "--scheme", "demo", "--level", "basic", "--id", "DEMO-1", "--until", "2028-11-22",
        "--key", "@body.pem", "--issuer", "demo-cb", "--out", "@c.corim", .. more,
    ];

    private static void WriteImages(CommandLine line, BoardDescription board)
    {
        line.Write("deploy.bin", Deployment());
        if (!board.UsesEspFormats)
        {
            line.Write("boot.bin", Bytes(700));
            line.Write("clr.bin", Bytes(9001));
            return;
        }

        ushort chip = EspChip.ForTarget(board.Target)!.ImageChipId;
        line.Write("boot.bin", EspAppImageWriter.Write(chip, 0x40800000, [(0x40800000, Bytes(300))]));
        line.Write("clr.bin", EspAppImageWriter.Write(chip, 0x42000020, [(0x42000020, Bytes(5000)), (0x40800000, Bytes(64))]));
        line.Write("table.bin", EspPartitionTableWriter.FromBoard(board));
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(index => (byte)(index * 7))];
}
