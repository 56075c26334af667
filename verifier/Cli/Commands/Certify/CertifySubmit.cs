using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify submit</c>: hands a certificate to a verifier.</summary>
internal static class CertifySubmit
{
    public static Command Create(CliContext context) => CorimSubmission.Create(
        context,
        "/v1/certificates",
        "Submits a certificate to a verifier; at a level that takes two persons another one confirms it.",
        (path, file) => CorimFile.CertificateOf(path, CorimFile.Decode(path, file)),
        answer => CertificateCall.ExplainProposal(context, answer));
}
