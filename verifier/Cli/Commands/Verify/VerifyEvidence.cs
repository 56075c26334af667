using System.CommandLine;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;

namespace IotAttest.Cli.Commands.Verify;

/// <summary><c>verify evidence</c>: what a board said, whether it said it, and whether that is the build of a manifest.</summary>
internal static class VerifyEvidence
{
    // Enough to see that a file is too long, and to say so as the verifier does.
    private const int MaxFileBytes = 1024 * 1024;

    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The evidence: one COSE object.");
        Option<string?> key = CommonOptions.OptionalPath("--key", "The board's key: public PEM, JWK or JWK set, or HMAC key as 64 hex digits.");
        Option<string?> manifest = CommonOptions.OptionalPath("--manifest", "Compare with this build manifest, component by component.");
        Option<bool> unsigned = SignatureTerms.Unsigned();
        Option<bool> json = CommonOptions.Json();
        Command command = new("evidence", "Checks the evidence of a board; freshness is known to the verifier only.") { file, key, unsigned, manifest, json };
        command.SetAction(parsed => CheckReport.Run(context.Terminal, "evidence", parsed.GetValue(json), SignatureTerms.Of(parsed.GetValue(key), parsed.GetValue(unsigned)), report =>
        {
            byte[] bytes = InputFile.ReadBytes(parsed.GetRequiredValue(file), MaxFileBytes);
            if (EvidenceCheck.Decode(bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims) is { } refusal)
            {
                report.Fail(new CheckFailure(envelope is null ? "envelope" : ClaimDiagnosis.PathOf(envelope.Payload), refusal.Seen, refusal.Expected, refusal.Do));
                CheckSignature(report, envelope, parsed.GetValue(key));
                return;
            }

            CheckKid(report, envelope!, claims!);
            CheckSignature(report, envelope, parsed.GetValue(key));
            ComponentComparison[]? comparisons = Compare(context, report, claims!, parsed.GetValue(manifest));
            report.SetContent(EvidenceReport.ToJson(envelope!, claims!, comparisons), terminal => EvidenceReport.Write(terminal, envelope!, claims!, comparisons));
        }));
        return command;
    }

    private static void CheckKid(CheckReport report, EvidenceEnvelope envelope, DecodedClaims claims)
    {
        // The key id of an HMAC key follows from the UEID, so this holds or not without any key.
        if (envelope.IsMac && Kid.OfUeid(claims.Ueid.Span) != envelope.Kid)
        {
            report.Fail(new CheckFailure("kid", envelope.Kid.ToString(), $"{Kid.OfUeid(claims.Ueid.Span)}, which follows from the ueid claim", "provision key and UEID of one enrolment record together"));
        }
    }

    // Claims that do not hold are still somebody's: the signature over them is judged as soon as there is an envelope.
    private static void CheckSignature(CheckReport report, EvidenceEnvelope? envelope, string? keyPath)
    {
        if (keyPath is null || envelope is null)
        {
            return;
        }

        using CheckKeys keys = CheckKeys.Read(keyPath);
        bool holds = envelope.IsMac ? VerifyMac(report, envelope, keys, keyPath) : VerifySignature(report, envelope, keys, keyPath);
        report.SetSignature(holds);
        if (!holds && envelope.IsMac)
        {
            report.Fail(new CheckFailure("signature", "a MAC that does not hold", $"a MAC with the HMAC key in {keyPath}", "pass the key of this board; after a rekey, the new one"));
        }
    }

    private static bool VerifyMac(CheckReport report, EvidenceEnvelope envelope, CheckKeys keys, string keyPath)
    {
        if (keys.HmacKey is { } secret)
        {
            return envelope.VerifyMac(secret);
        }

        report.SetOtherKind("an HMAC key");
        throw CliException.DoesNotHold("a COSE_Mac0, made with an HMAC key", $"a signature, as {keyPath} holds public keys", "pass the HMAC key as 64 hex digits", "signature");
    }

    private static bool VerifySignature(CheckReport report, EvidenceEnvelope envelope, CheckKeys keys, string keyPath)
    {
        System.Security.Cryptography.ECDsa key = CorimCheck.Find(report, keys, envelope.Kid, keyPath);
        bool holds = envelope.Verify(key);
        if (!holds)
        {
            report.Fail(SignatureFailures.DoesNotHold("the evidence", envelope.Kid, key, keyPath));
        }

        return holds;
    }

    private static ComponentComparison[]? Compare(CliContext context, CheckReport report, DecodedClaims claims, string? manifestPath)
    {
        if (manifestPath is null)
        {
            return null;
        }

        BuildManifest manifest = CorimFile.ManifestOf(manifestPath, CorimFile.ReadSigned(manifestPath));
        context.Terminal.WriteNote($"the manifest's own signature was not checked; do so with: iotattest verify manifest {manifestPath} --key PUB");
        ComponentCheck.CheckClass(report, "hwmodel (259)", claims.ClassId, manifest.ClassId);
        return ComponentCheck.Check(report, EvidenceReport.Digests(claims), manifest);
    }
}
