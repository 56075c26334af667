using System.Text.Json;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary>A checkpoint in a file: the JSON that <c>GET /v1/log/checkpoint</c> answers, or the signed line in it.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="IsSigned">True when its signature was checked and held.</param>
internal sealed record KeptCheckpoint(Checkpoint Checkpoint, bool IsSigned)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads a file and checks its signature when keys are given.</summary>
    /// <exception cref="CliException">Not a checkpoint, or one that the keys did not sign.</exception>
    public static KeptCheckpoint Read(string path, CheckKeys? keys) => Parse(path, InputFile.ReadText(path, MaxBytes).Trim(), keys);

    /// <summary>Reads the text of one.</summary>
    /// <exception cref="CliException">Not a checkpoint, or one that the keys did not sign.</exception>
    public static KeptCheckpoint Parse(string name, string text, CheckKeys? keys)
    {
        SignedResult token = ResultReader.Read(System.Text.Encoding.ASCII.GetBytes(text.StartsWith('{') ? SignedIn(name, text) : text));
        if (!Checkpoint.TryRead(token.Claims, out Checkpoint? checkpoint))
        {
            throw CliException.DoesNotHold($"{name}, which is signed and no checkpoint", "a checkpoint with iss, iat, size and root", "keep one with: iotattest log checkpoint --out FILE", name);
        }

        if (keys is null)
        {
            return new KeptCheckpoint(checkpoint, false);
        }

        bool holds = Kid.TryRead(token.Kid is { Length: 16 } kid && kid.All(char.IsAsciiHexDigit) ? Convert.FromHexString(kid) : [], out Kid id) && keys.Find(id) is { } key && token.Verify(key);
        return holds
            ? new KeptCheckpoint(checkpoint, true)
            : throw CliException.DoesNotHold($"a signature that does not hold in {name}", "a checkpoint signed by the log's key", "pass the verifier's key (GET /v1/keys) and a checkpoint of the same log", "signature");
    }

    private static string SignedIn(string name, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("signed", out JsonElement signed) && signed.ValueKind == JsonValueKind.String)
            {
                return signed.GetString()!;
            }
        }
        catch (JsonException)
        {
            // Said below, with what was expected.
        }

        throw CliException.DoesNotHold($"{name}, which holds no signed checkpoint", "the answer of GET /v1/log/checkpoint, or its member \"signed\"", "keep one with: iotattest log checkpoint --out FILE", name);
    }
}
