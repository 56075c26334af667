using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Evidence from mosquitto's own client.</summary>
public sealed class MosquittoTests
{
    [RequiresToolTheory("mosquitto_pub")]
    [InlineData(false, 0, "Conformant")]
    [InlineData(true, 1, "Unknown")]
    public async Task Evidence_with_retain_is_refused_and_without_it_is_taken(bool isRetained, int refusals, string conformity)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        string file = Path.Combine(verifier.DataDirectory, "evidence.cbor");
        await File.WriteAllBytesAsync(file, board.Evidence(await board.ChallengeAsync()));

        (int exitCode, _, string errors) = await Programs.RunAsync(
            "mosquitto_pub",
            [
                "-h", "127.0.0.1", "-p", $"{verifier.MqttPort}", "-i", board.Ueid, "-u", board.Ueid, "-P", board.Credential, "-V", "mqttv311",
                "-q", "1", "-t", Topics.Evidence(board.Ueid), "-f", file, .. isRetained ? ["-r"] : Array.Empty<string>(),
            ]);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(conformity, (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(refusals, (await board.DeviceAsync()).RefusalCount());
    }
}
