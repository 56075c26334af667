using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Simulation;

/// <summary>Enrols boards as JSON Lines, some hundred in each request.</summary>
internal static class BatchEnrolment
{
    private const int LinesPerRequest = 500;

    /// <exception cref="CliException">A board was refused; the text is the verifier's.</exception>
    public static async Task EnrolAsync(VerifierClient client, IEnumerable<byte[]> records, CancellationToken cancellation)
    {
        foreach (byte[][] batch in records.Chunk(LinesPerRequest))
        {
            string[] replies = await client.PostLinesAsync("/v1/devices", [.. batch.SelectMany(record => record.Append((byte)'\n'))], cancellation);
            foreach (string reply in replies)
            {
                RequireEnrolled(JsonElement.Parse(reply));
            }

            if (replies.Length != batch.Length)
            {
                throw CliException.Fault($"{replies.Length} replies for {batch.Length} boards", "one for each", "try again: boards that are enrolled already stay as they are");
            }
        }
    }

    private static void RequireEnrolled(JsonElement reply)
    {
        if (reply.GetProperty("status").GetInt32() is not (200 or 201))
        {
            throw CliException.DoesNotHold(
                $"a board that the verifier refused: {JsonReport.Member(reply, "seen")}", JsonReport.Member(reply, "expected") ?? "an enrolled board", JsonReport.Member(reply, "do") ?? "correct the record");
        }
    }
}
