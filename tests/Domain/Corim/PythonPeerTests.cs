using System.Diagnostics;
using IotAttest.Domain.Corim;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Corim;

public sealed class PythonPeerTests
{
    private const string Script = """
        import sys, cbor2
        corim = cbor2.loads(bytes.fromhex(sys.stdin.read()))
        assert corim.tag == 501
        comid = cbor2.loads(corim.value[1][0].value)
        (environment, measurements), = comid[4][0]
        print(sorted(corim.value), corim.value[1][0].tag, corim.value[3].tag, corim.value[5])
        print(environment[0][0])
        print([(m[0], m[1][2][0][0], m[1][2][0][1].hex()[:8]) for m in measurements])
        (_, endorsed), = comid[4][1]
        print(endorsed[0][1][0], endorsed[0][1][1].tag, endorsed[0][1][1].value, endorsed[0][1][11])
        print([(m[0], m[1].get(0), m[1].get(-1)) for m in endorsed[1:]])
        """;

    [RequiresToolFact("python3:cbor2")]
    public async Task Python_cbor2_reads_the_body_in_the_same_shape()
    {
        string output = await RunAsync(Convert.ToHexStringLower(BuildManifestWriter.EncodeBody(CorimSamples.Manifest)));

        string[] expected =
        [
            "[0, 1, 3, 5] 506 111 [{0: 'acme', 2: [1]}]",
            "3a027440-72b9-4f97-9da0-8c5b58d2cd3b",
            "[('bootloader', 1, '4bf5122f'), ('clr', 1, '084fed08'), ('deployment', 1, 'e52d9c50'), ('partitions', 1, 'dbc1b4c9')]",
            "{0: '1.2.0'} 552 3 Thermostat T1",
            "[('sbom', None, None), ('pe:mscorlib', {0: '1.17.11.0'}, 31416), ('pe:Thermostat', {0: '1.2.0.0'}, 2048)]",
        ];
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<string> RunAsync(string input)
    {
        using Process process = Process.Start(new ProcessStartInfo(Tools.Find("python3:cbor2")!, ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
