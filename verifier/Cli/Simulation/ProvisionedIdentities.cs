using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Output;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>Reads what <c>device provision</c> wrote for the boards: UEID, credential and private key, one JSON object a line.</summary>
internal static class ProvisionedIdentities
{
    public static IEnumerable<BoardIdentity> Read(string path)
    {
        using StreamReader reader = new(InputFile.Open(path));
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(path, number, line);
            }
        }
    }

    private static BoardIdentity Parse(string path, int number, string line)
    {
        try
        {
            JsonElement board = JsonElement.Parse(line);
            JsonElement key = board.GetProperty("key");
            string? secret = JsonReport.Member(key, "k");
            return BoardIdentity.Of(
                JsonReport.Member(board, "ueid") ?? "",
                JsonReport.Member(board, "credential") ?? "",
                secret is null ? null : Base64Url.DecodeFromChars(secret),
                secret is null ? PrivateKeyOf(key) : null);
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or CryptographicException)
        {
            // The text of the exception could quote the key.
            throw CliException.DoesNotHold($"line {number} of {path} that holds no board identity", "UEID, credential and key with its private half", "pass the secrets file (--secrets-out) of: iotattest device provision");
        }
    }

    private static string PrivateKeyOf(JsonElement jwk)
    {
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") },
            D = Bytes(jwk, "d"),
        });
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
}
