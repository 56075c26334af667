using System.CommandLine;
using System.CommandLine.Parsing;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Certify;

/// <summary>The terms of a certificate that may be left out: patch policy, the certificate it takes the place of, categories, provisional, version of the scheme.</summary>
internal sealed class CertificateTermOptions
{
    private readonly Option<PatchPolicy> _patchPolicy = new("--patch-policy")
    {
        Description = "What holds for later builds of the manufacturer that no certificate names: none, assessedProcess:DAYS (1 to 365) or open.",
        HelpName = "POLICY",
        DefaultValueFactory = _ => PatchPolicy.None,
        CustomParser = ParsePolicy,
    };

    private readonly Option<string?> _supersedes = CommonOptions.OptionalText("--supersedes", "The id of the certificate that this one takes the place of.");
    private readonly Option<bool> _minorChange = new("--minor-change") { Description = "With --supersedes: the product hardly changed, and the end of validity stays the same." };
    private readonly Option<string[]> _categories = new("--category") { Description = "Category of the product, such as consumer-smart-device; may stand several times. Recognition by other schemes can depend on it." };

    private readonly Option<bool> _provisional = new("--provisional") { Description = "The evaluation still goes on: the certificate covers nothing yet, and somebody must have applied for it." };
    private readonly Option<string?> _schemeVersion = CommonOptions.OptionalText("--scheme-version", "The version of the scheme that the product was evaluated against.");

    public void AddTo(Command command)
    {
        command.Options.Add(_patchPolicy);
        command.Options.Add(_supersedes);
        command.Options.Add(_minorChange);
        command.Options.Add(_categories);
        command.Options.Add(_provisional);
        command.Options.Add(_schemeVersion);
    }

    public CertificateEndorsement Complete(ParseResult parsed, CertificateEndorsement certificate)
    {
        string? supersedes = parsed.GetValue(_supersedes);
        bool isMinor = parsed.GetValue(_minorChange);
        if (isMinor && supersedes is null)
        {
            throw CliException.WrongUsage("--minor-change alone", "--supersedes beside it", "name the certificate that the new one takes the place of");
        }

        return certificate with
        {
            PatchPolicy = parsed.GetValue(_patchPolicy) ?? PatchPolicy.None,
            Supersedes = supersedes is null ? null : new SupersededCertificate(supersedes, isMinor),
            Categories = [.. (parsed.GetValue(_categories) ?? []).Distinct().Order(StringComparer.Ordinal)],
            IsProvisional = parsed.GetValue(_provisional),
            SchemeVersion = parsed.GetValue(_schemeVersion),
        };
    }

    private static PatchPolicy ParsePolicy(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (!PatchPolicy.TryParse(text, out PatchPolicy policy))
        {
            result.AddError($"--patch-policy takes none, open or assessedProcess:DAYS with 1 to {PatchPolicy.MaxDays} days, not '{text}'");
        }

        return policy;
    }
}
