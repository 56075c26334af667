using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using IotAttest.Cli.Commands.Advisory;
using IotAttest.Cli.Commands.Backup;
using IotAttest.Cli.Commands.Bench;
using IotAttest.Cli.Commands.Board;
using IotAttest.Cli.Commands.Broker;
using IotAttest.Cli.Commands.Build;
using IotAttest.Cli.Commands.Case;
using IotAttest.Cli.Commands.Certify;
using IotAttest.Cli.Commands.Conformance;
using IotAttest.Cli.Commands.Demo;
using IotAttest.Cli.Commands.Device;
using IotAttest.Cli.Commands.Key;
using IotAttest.Cli.Commands.Log;
using IotAttest.Cli.Commands.Org;
using IotAttest.Cli.Commands.Product;
using IotAttest.Cli.Commands.Serve;
using IotAttest.Cli.Commands.Simulate;
using IotAttest.Cli.Commands.Tls;
using IotAttest.Cli.Commands.Verify;
using IotAttest.Cli.Commands.Watch;
using IotAttest.Cli.Failures;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli;

/// <summary>The tool <c>iotattest</c>: every command is one file under Commands and one line here.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, CliContext.OfProcess());

    /// <summary>Runs one command line and gives its exit code (see <see cref="ExitCode"/>); never throws.</summary>
    internal static async Task<int> RunAsync(string[] args, CliContext context)
    {
        ParseResult parsed = CreateRoot(context).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return FailureReport.WriteUsage(context, parsed);
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,

                // A verifier that is told to stop finishes what it has begun to store.
                ProcessTerminationTimeout = VerifierOptions.MaxDrain + TimeSpan.FromSeconds(20),
            };
            return await parsed.InvokeAsync(configuration);
        }
#pragma warning disable CA1031 // The outermost frame: whatever happened, the answer is an exit code and one paragraph.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return FailureReport.Write(context, failure);
        }
    }

    internal static Command CreateRoot(CliContext context) => new("iotattest", "A board proves, again and again, which firmware it runs; a verifier checks it.")
    {
        new HelpOption(),
        new VersionOption(),
        DemoCommand.Create(context),
        ServeCommand.Create(context),
        BackupCommand.Create(context),
        RestoreCommand.Create(context),
        SimulateCommand.Create(context),
        WatchCommand.Create(context),
        new Command("key", "Signing keys of organisations.")
        {
            KeyNew.Create(context),
        },
        new Command("tls", "Certificates for MQTT over TLS, when there is no CA to ask.")
        {
            TlsInit.Create(context),
            TlsRenew.Create(context),
        },
        new Command("broker", "Brokers between boards and verifier.")
        {
            BrokerMosquitto.Create(context),
            BrokerRabbit.Create(context),
        },
        new Command("org", "Organisations of a verifier.")
        {
            OrgAdd.Create(context),
            OrgToken.Create(context),
            OrgList.Create(context),
        },
        new Command("build", "Signed build manifests.")
        {
            BuildManifestNew.Create(context),
            BuildInspect.Create(context),
            BuildSubmit.Create(context),
            BuildDiff.Create(context),
            BuildSupersede.Create(context),
            BuildRetire.Create(context),
            BuildMinimum.Create(context),
            BuildSearch.Create(context),
            new Command("sbom", "Bills of materials.")
            {
                SbomSubmit.Create(context),
            },
        },
        new Command("certify", "Certificates of a certification body.")
        {
            CertifyIssue.Create(context),
            CertifySubmit.Create(context),
            CertifyDecision.CreateSuspend(context),
            CertifyDecision.CreateExtend(context),
            CertifyDecision.CreateResume(context),
            CertifyDecision.Create(context, "withdraw", "Withdraws a certificate for ever."),
            CertifyDecision.Create(context, "revoke", "Revokes a certificate for ever: it should not have been trusted. Takes two persons."),
            CertifyDecision.Create(context, "stay", "Takes the effect from a suspension while an appeal is open; whoever handles the appeal does it."),
            CertifyConfirm.Create(context),
            CertifyProposals.Create(context),
            CertifyApply.Create(context),
            CertifyApplication.CreateEvaluate(context),
            CertifyApplication.CreateRefuse(context),
            CertifyAppeal.Create(context),
        },
        new Command("case", "Non-conformities, incidents, appeals, complaints, renewals.")
        {
            CaseList.Create(context),
            CaseShow.Create(context),
            CaseActions.CreateAssign(context),
            CaseActions.CreateNote(context),
            CaseActions.CreateDecide(context),
        },
        new Command("product", "Product models: what a maker says of them, and for how long it supports them.")
        {
            ProductSet.Create(context),
            ProductShow.Create(context),
            ProductExtendSupport.Create(context),
        },
        new Command("advisory", "Security advisories and incidents.")
        {
            AdvisoryImport.Create(context),
            AdvisoryQueries.CreateList(context),
            AdvisoryQueries.CreateShow(context),
            AdvisoryQueries.CreateAdoption(context),
            AdvisoryIncident.Create(context),
        },
        new Command("board", "Board descriptions.")
        {
            BoardCheck.Create(context),
            BoardNewClass.Create(context),
        },
        BenchCommand.Create(context),
        ConformanceCommand.Create(context),
        new Command("device", "Boards: factory line, enrolment, life.")
        {
            DeviceProvision.Create(context),
            DeviceEnrol.Create(context),
            DeviceShow.Create(context),
            DeviceRekey.Create(context),
            DeviceDecision.Create(context, "decommission", "Takes a board out of service for ever."),
            DeviceDecision.Create(context, "quarantine", "Holds a board back: gates deny it whatever it attests."),
            DeviceDecision.Create(context, "release", "Ends a quarantine."),
            DeviceDecision.Create(context, "repair", "Says that a board is on the bench: it attests, and gates do not rely on it."),
            DeviceDecision.Create(context, "return", "Says that a board came back from the bench."),
            DeviceCa.Create(context),
            DeviceTransfer.Create(context),
            TransferList.Create(context),
            TransferDecision.Create(context, "accept", "Accepts boards that were offered to you."),
            TransferDecision.Create(context, "decline", "Declines boards that were offered to you."),
            TransferDecision.Create(context, "withdraw", "Takes an offer of yours back."),
            DeviceDecision.Create(context, "clear", "Clears an identity conflict after a person looked into it."),
        },
        new Command("log", "The transparency log of a verifier.")
        {
            LogVerify.Create(context),
            LogMonitor.Create(context),
            LogCheckpoint.Create(context),
            LogFetch.Create(context),
        },
        new Command("verify", "Offline checks: nothing is sent anywhere.")
        {
            VerifyEvidence.Create(context),
            VerifyResult.Create(context),
            VerifyManifest.Create(context),
            VerifyCertificate.Create(context),
            VerifyReceipt.Create(context),
        },
    };
}
