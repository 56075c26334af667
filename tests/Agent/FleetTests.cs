using System.Diagnostics;

using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>Many boards in one process.</summary>
public sealed class FleetTests
{
    [RequiresToolFact("mosquitto")]
    public void Two_hundred_boards_attest_over_one_broker_within_seconds()
    {
        const int Count = 200;
        string folder = Directory.CreateTempSubdirectory("iotattest-fleet").FullName;
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port) { ChallengesOnHello = true };
        using FlashImage image = FlashImage.Create(Path.Combine(folder, "flash.bin"), TestBoard.FlashBytes, []);
        Dictionary<string, BoardIdentity> identities = [];
        List<SimulatedBoard> boards = [];
        for (int i = 0; i < Count; i++)
        {
            BoardIdentity identity = BoardIdentity.Create(i % 2 == 0 ? BoardKeyType.Hmac : BoardKeyType.P256);
            string own = Path.Combine(folder, identity.UeidHex);
            identities.Add(identity.UeidHex, identity);
            boards.Add(new SimulatedBoard(new SimulatedBoardOptions
            {
                DataFolder = own,
                Identity = identity,
                ClassId = Guid.Empty,
                OemId = 32473,
                Port = broker.Port,
                Flash = new SimulatedFlash(image, TestBoard.Regions, Path.Combine(own, "flash.overlay")),
            }));
        }

        Stopwatch watch = Stopwatch.StartNew();
        boards.ForEach(board => board.Start());
        Eventually.Holds(() => verifier.Evidence.Select(evidence => evidence.Ueid).Distinct().Count() == Count, "evidence of all boards");
        TimeSpan elapsed = watch.Elapsed;
        boards.ForEach(board => board.RequestStop());
        boards.ForEach(board => board.Dispose());
        Directory.Delete(folder, recursive: true);

        Assert.All(verifier.Evidence, evidence => Assert.True(new DecodedEvidence(evidence.Bytes).IsAuthentic(identities[evidence.Ueid])));
        Assert.True(elapsed < Pace.Allowed(TimeSpan.FromSeconds(20)), $"{elapsed}");
    }
}
