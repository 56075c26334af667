using System.Buffers.Binary;
using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Images;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>nanoFramework assemblies, alone and one after the other as a deployment.</summary>
internal sealed class AssemblyTarget : FuzzTarget
{
    public override string Name => "assembly";

    public override IEnumerable<byte[]> Seeds => [SampleFirmware.MakePe(8), SampleFirmware.MakePe(33, "Thermostat"), [.. SampleFirmware.MakePe(8), .. SampleFirmware.MakePe(12, "B")], SampleFirmware.Sensor];

    public override byte[][] Words => ["NFMRK1\0\0"u8.ToArray(), "NFMRK2\0\0"u8.ToArray(), [0x7C, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0x80]];

    public override long BaseBytes => 32 * 1024;

    public override Outcome Decode(byte[] input)
    {
        bool isAssembly = NanoPeFile.TryRead(input, out NanoPeFile? assembly, out ImageError? error);
        bool isDeployment = Deployment.TryRead(input, out Deployment? deployment, out ImageError? noDeployment);
        return new Outcome(isAssembly || isDeployment, HashCode.Combine(assembly?.Name, assembly?.TotalSize, error, deployment?.Assemblies.Count, deployment?.LengthBytes, noDeployment));
    }

    public override void CheckAccepted(byte[] input)
    {
        if (NanoPeFile.TryRead(input, out NanoPeFile? assembly, out _))
        {
            Hold.Same(System.Security.Cryptography.SHA256.HashData(input.AsSpan(0, assembly.TotalSize)), assembly.Sha256.Span, "the digest is not that of the file");
        }
    }

    public override void Repair(byte[] input, Random random)
    {
        if (input.Length >= 0x7C && random.Next(4) != 0)
        {
            uint end = BinaryPrimitives.ReadUInt32LittleEndian(input.AsSpan(0x28 + (15 * 4)));
            SealFirst(input, end <= input.Length && end >= 0x7C ? (int)end : input.Length);
        }
    }

    private static void SealFirst(byte[] input, int length) => SampleFirmware.Seal(input[..length]).AsSpan(0, 0x10).CopyTo(input);
}
