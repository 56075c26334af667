using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Verify;

/// <summary><c>verify receipt</c>: the log's word that a manifest or certificate is in it (RFC 9942).</summary>
internal static class VerifyReceipt
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The receipt, or a manifest or certificate with a receipt inside.");
        Option<string?> statement = CommonOptions.OptionalPath("--statement", "The signed manifest or certificate, when FILE is the receipt alone.");
        Option<string?> key = CommonOptions.OptionalPath("--key", "The verifier's public key (PEM, JWK or JWK set; GET /v1/keys gives it).");
        Option<bool> unsigned = SignatureTerms.Unsigned();
        Option<bool> json = CommonOptions.Json();
        Command command = new("receipt", "Checks that a log contains a manifest or certificate.") { file, statement, key, unsigned, json };
        command.SetAction(parsed => CheckReport.Run(context.Terminal, "receipt", parsed.GetValue(json), SignatureTerms.Of(parsed.GetValue(key), parsed.GetValue(unsigned)), report =>
            Check(report, parsed.GetRequiredValue(file), parsed.GetValue(statement), parsed.GetValue(key))));
        return command;
    }

    private static void Check(CheckReport report, string path, string? statementPath, string? keyPath)
    {
        (byte[] statement, ReadOnlyMemory<byte> encoded) = Part(path, statementPath);
        if (!InclusionReceipt.TryDecode(encoded, out InclusionReceipt? receipt, out DecodeStatus status))
        {
            throw CliException.DoesNotHold($"{encoded.Length} bytes that are no receipt ({status}) in {path}", "a COSE receipt with one RFC9162_SHA256 inclusion proof", "get it from /v1/builds/{id}/receipt or /v1/certificates/{id}/receipt", "receipt");
        }

        report.SetContent(
            new { log = receipt.Issuer, subject = receipt.Subject, kid = receipt.Kid?.ToString(), entry = receipt.LeafIndex + 1, treeSize = receipt.TreeSize, statement = Sha256Digest.Of(statement).ToString() },
            terminal => terminal.WriteFields(
                ("log", receipt.Issuer),
                ("about", receipt.Subject),
                ("entry", string.Create(CultureInfo.InvariantCulture, $"{receipt.LeafIndex + 1} of {receipt.TreeSize}")),
                ("statement", Sha256Digest.Of(statement).ToString()),
                ("key id", receipt.Kid?.ToString())));
        CheckSignature(report, receipt, statement, path, keyPath);
    }

    private static (byte[] Statement, ReadOnlyMemory<byte> Receipt) Part(string path, string? statementPath)
    {
        byte[] file = InputFile.ReadBytes(path, CorimProfile.MaxFileBytes);
        if (statementPath is not null)
        {
            return (TransparentStatement.Detach(InputFile.ReadBytes(statementPath, CorimProfile.MaxFileBytes), out _), file);
        }

        byte[] statement = TransparentStatement.Detach(file, out IReadOnlyList<ReadOnlyMemory<byte>> receipts);
        return receipts.Count > 0
            ? (statement, receipts[0])
            : throw CliException.WrongUsage($"no receipt inside {path} and no --statement", "a file with its receipt, or --statement with the signed file", "add --statement b.corim");
    }

    private static void CheckSignature(CheckReport report, InclusionReceipt receipt, byte[] statement, string path, string? keyPath)
    {
        if (keyPath is null)
        {
            return;
        }

        using CheckKeys keys = CheckKeys.Read(keyPath);
        ECDsa key = CorimCheck.Find(report, keys, receipt.Kid ?? default, keyPath);
        bool holds = receipt.Holds(statement, key);
        report.SetSignature(holds);
        if (!holds)
        {
            report.Fail(new CheckFailure("receipt", $"a receipt that does not hold in {path}", "the log's signature over a tree with this statement in it", "get file and receipt again from the same registry; if it still fails, the file was never logged"));
        }
    }
}
