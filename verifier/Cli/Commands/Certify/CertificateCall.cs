using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Http;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary>Calls about one certificate.</summary>
internal static class CertificateCall
{
    public static Argument<string> Id() => new("ID") { Description = "The certificate's id." };

    public static string PathOf(string id, string part) => $"/v1/certificates/{Uri.EscapeDataString(id)}/{part}";

    /// <summary>Sends a decision and shows what came of it: the certificate, or the proposal that waits for a second person.</summary>
    public static async Task DecideAsync(CliContext context, VerifierClient client, string id, Dictionary<string, object> request, bool asJson, CancellationToken cancellation)
    {
        JsonElement answer = await client.PostAsync(PathOf(id, "decisions"), request, cancellation);
        JsonReport.Write(context.Terminal, answer, asJson);
        if (JsonReport.Member(answer, "proposal") is { } proposal)
        {
            context.Terminal.WriteNote($"nothing is decided yet; another person of the body confirms it with: iotattest certify confirm {id} --proposal {proposal}");
        }
    }
}
