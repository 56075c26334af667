using System.Diagnostics;
using System.Globalization;

using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

using Xunit.Abstractions;

namespace IotAttest.Agent.Tests;

/// <summary>Evidence a second of both encoders over the same 1 MiB of flash, in one run; prints the ratio.</summary>
[Collection(NativeBoards.Name)]
public sealed class NativeBoardSpeedTests(NativeBoardBuild build, ITestOutputHelper output) : IDisposable
{
    private const int FlashBytes = 1 << 20;
    private const int Rounds = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-speed").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RequiresNativeBuildFact]
    public void The_speeds_of_both_encoders_lie_within_a_factor_of_fifty()
    {
        using FlashImage image = FlashImage.Create(Path.Combine(_folder, "flash.bin"), FlashBytes, []);
        SimulatedFlash flash = new(image, [new FlashRegion(EvidenceProfile.Deployment, 0, FlashBytes)], Path.Combine(_folder, "flash-pages"));
        flash.Write(0, [1]); // a region that equals the shared image would not be hashed again in C#
        SimulatedBoardOptions options = new()
        {
            DataFolder = _folder,
            Identity = BoardIdentity.Create(BoardKeyType.Hmac),
            ClassId = Guid.Empty,
            OemId = 32473,
            Flash = flash,
        };
        using BoardEvidence managed = BoardEvidence.Create(options);
        using BoardEvidence native = BoardEvidence.Create(options with { NativeLibrary = NativeBoardLibrary.Load(build.Library) });
        TimeSpan managedTime = TimeSpan.MaxValue;
        TimeSpan nativeTime = TimeSpan.MaxValue;

        // In turns, and the best of each: what else the machine does then hits both or neither.
        for (int round = 0; round < Rounds; round++)
        {
            managedTime = Shorter(managedTime, managed);
            nativeTime = Shorter(nativeTime, native);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"evidence a second over 1 MiB: C++ core {1 / nativeTime.TotalSeconds:0}, C# {1 / managedTime.TotalSeconds:0}, ratio {managedTime / nativeTime:0.00}"));
        Assert.InRange(managedTime / nativeTime, 0.02, 50);
    }

    private static TimeSpan Shorter(TimeSpan best, BoardEvidence evidence)
    {
        long start = Stopwatch.GetTimestamp();
        NativeBoards.Attest(evidence);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return time < best ? time : best;
    }
}
