using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary>Reads the entries of a log over HTTP, or as JSON Lines that were saved.</summary>
internal static class LogDownload
{
    private const int Page = 1000;

    /// <summary>The entries after a number, as the verifier sends them.</summary>
    public static async IAsyncEnumerable<JsonElement> FetchAsync(VerifierClient client, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        long? next = after;
        while (next is { } from)
        {
            JsonElement page = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/log/entries?after={from}&limit={Page}"), cancellation);
            foreach (JsonElement entry in page.GetProperty("entries").EnumerateArray())
            {
                yield return entry;
            }

            next = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } more ? more.GetInt64() : null;
        }
    }

    /// <exception cref="CliException">Not an entry.</exception>
    public static LoggedEntry Read(JsonElement json)
    {
        bool isEntry = json.ValueKind == JsonValueKind.Object
            & TryGet(json, "seq", JsonValueKind.Number, out JsonElement seq)
            & TryGet(json, "kind", JsonValueKind.String, out JsonElement kind)
            & TryGet(json, "ref", JsonValueKind.String, out JsonElement reference);
        if (!isEntry || !seq.TryGetInt64(out long sequence))
        {
            throw CliException.DoesNotHold("a line that is no entry", "entries as GET /v1/log/entries gives them, one a line", "save them with: iotattest log fetch --out FILE");
        }

        ReadOnlyMemory<byte>? entry = null;
        if (TryGet(json, "entry", JsonValueKind.String, out JsonElement text))
        {
            string encoded = text.GetString()!;
            entry = Base64Url.IsValid(encoded)
                ? Base64Url.DecodeFromChars(encoded)
                : throw CliException.DoesNotHold($"entry {sequence}, which is no base64url", "base64url without padding", "save the entries again");
        }

        return new LoggedEntry(sequence, $"{kind.GetString()} {reference.GetString()}", entry);
    }

    private static bool TryGet(JsonElement json, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
