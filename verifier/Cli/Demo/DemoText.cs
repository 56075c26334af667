using System.Globalization;
using IotAttest.Cli.Hosting;

namespace IotAttest.Cli.Demo;

/// <summary>What a newcomer should know before the story begins.</summary>
internal static class DemoText
{
    public static void Introduce(IDemoStage stage)
    {
        string every = DemoNames.AttestEvery.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string silent = DemoNames.SilentAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        stage.Tell("IotAttest demo: boards prove, again and again, which firmware they run; a verifier compares it with the certified build.");
        stage.Tell("Real: the verifier, HTTP and MQTT, the agent's source code, all keys and signatures, the .NET assemblies.");
        stage.Tell("Simulated: the boards (their flash is a file). Stand-ins: boot loader and nanoCLR (right format, no code in them).");
        stage.Tell($"Shortened times: a challenge every {every} s instead of 300 s; a board is silent after {silent} s instead of 660 s.");
        stage.Tell("");
    }

    public static void ShowAddresses(IDemoStage stage, RunningVerifier verifier, string ueid, bool isKept)
    {
        string root = verifier.Http.GetLeftPart(UriPartial.Authority);
        stage.Tell($"Look yourself: {root} in a browser is the public registry; sign in there with the operator's token to see the fleet and the desks.");
        stage.Tell($"  T={verifier.OperatorTokenFile}{(isKept ? "" : "   (gone at the end; --data DIR keeps everything)")}");
        stage.Tell($"For programs: {root}/v1/builds, /v1/certificates, /openapi/v1.json; boards need the token:");
        stage.Tell($"  curl -H \"Authorization: Bearer $(cat $T)\" {root}/v1/devices/{ueid}");
        stage.Tell("");
    }
}
