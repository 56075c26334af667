using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify submit</c>: hands a certificate to a verifier.</summary>
internal static class CertifySubmit
{
    public static Command Create(CliContext context) => CorimSubmission.Create(
        context, "/v1/certificates", "Submits a certificate to a verifier.", (path, file) => CorimFile.CertificateOf(path, CorimFile.Decode(path, file)));
}
