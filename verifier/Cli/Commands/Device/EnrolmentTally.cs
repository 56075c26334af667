using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Counts what became of enrolment records and shows those that a person has to look at.</summary>
internal sealed class EnrolmentTally(Terminal terminal, bool asJson)
{
    private const int Created = 201;
    private const int Known = 200;

    private int _created;
    private int _known;
    private int _refused;

    /// <summary>Counts the replies to a batch, when there is one for each record.</summary>
    /// <returns>False when the verifier stopped in the middle: nothing was counted, the batch is to be sent again.</returns>
    public bool TryAdd(LineBatch batch, string[] replies)
    {
        JsonObject[] parsed = [.. replies.Select(Parse)];

        // Line 0 says why the rest has no reply.
        if (parsed.Length < batch.Records || Array.Exists(parsed, reply => reply["line"]!.GetValue<int>() < 1))
        {
            return false;
        }

        Array.ForEach(parsed, reply => Add(batch, reply));
        return true;
    }

    /// <summary>Says the sums; the exit code is 1 when a record was refused.</summary>
    public int Finish()
    {
        if (!asJson)
        {
            terminal.WriteLine($"{_created} enrolled, {_known} were enrolled before, {_refused} refused");
        }

        return _refused == 0 ? ExitCode.Fine : ExitCode.DoesNotHold;
    }

    private void Add(LineBatch batch, JsonObject reply)
    {
        // Replies count lines within a request; people count them within the file.
        int line = reply["line"]!.GetValue<int>() + batch.FirstLine - 1;
        int status = reply["status"]!.GetValue<int>();
        reply["line"] = line;
        _created += status == Created ? 1 : 0;
        _known += status == Known ? 1 : 0;
        _refused += status is Created or Known ? 0 : 1;
        if (asJson)
        {
            terminal.Out.WriteLine(reply.ToJsonString());
        }
        else if (status is not (Created or Known))
        {
            terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"line {line}: {status}: seen {reply["seen"]}; expected {reply["expected"]}; {reply["do"]}"));
        }
        else if (reply["credential"] is { } credential)
        {
            terminal.WriteLine($"{reply["ueid"]} credential {credential} (shown once; write it into the board)");
        }
    }

    private static JsonObject Parse(string reply)
    {
        try
        {
            if (JsonNode.Parse(reply) is JsonObject parsed
                && parsed["line"] is JsonValue line && line.TryGetValue(out int _)
                && parsed["status"] is JsonValue status && status.TryGetValue(out int _))
            {
                return parsed;
            }
        }
        catch (JsonException)
        {
            // Answered below with the same words as a reply of another shape.
        }

        throw CliException.Fault("a reply line that is not understood", "JSON with line and status", "check --server: is it an IotAttest verifier of this version?");
    }
}
