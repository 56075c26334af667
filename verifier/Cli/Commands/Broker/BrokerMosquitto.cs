using System.Buffers.Text;
using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using IotAttest.Cli.Commands.Tls;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Broker;

/// <summary><c>broker mosquitto</c>: all that a mosquitto needs to know about boards and their verifier.</summary>
internal static class BrokerMosquitto
{
    private const int PasswordBytes = 32;
    private const int MaxCredentialBytes = 1024;
    private const long DefaultQueue = 100_000;
    private const string PlainAddress = "127.0.0.1:1883";
    private const string SecuredAddress = "0.0.0.0:8883";

    public static Command Create(CliContext context)
    {
        Option<string> output = new("--out") { Description = "The folder for configuration, rules, passwords and sessions.", Required = true, HelpName = "DIR" };
        Option<string[]> secrets = new("--secrets") { Description = "Secrets of boards as device provision wrote them; may stand several times, and in later runs: boards are added.", HelpName = "FILE", DefaultValueFactory = _ => [] };
        Option<string?> tls = new("--tls") { Description = "A folder of tls init: the broker presents its server certificate. Plain MQTT on this machine when left out.", HelpName = "DIR" };
        Option<string?> listen = new("--listen") { Description = $"Where the broker listens; {PlainAddress}, or {SecuredAddress} with --tls, when left out.", HelpName = "ADDRESS" };
        Option<long> queue = NumberOption.Create("--queue", "Messages that the broker keeps for a verifier that is away.", 100, 100_000_000, DefaultQueue);
        Option<string?> account = CommonOptions.OptionalText("--account", "The account that mosquitto takes when root starts it; its own default when left out.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("mosquitto", "Makes configuration, access rules and passwords for a mosquitto between boards and verifier.") { output, secrets, tls, listen, queue, account, force, json };
        command.SetAction(parsed =>
        {
            MosquittoFolder folder = new(parsed.GetRequiredValue(output));
            bool isKept = File.Exists(folder.Configuration) && !parsed.GetValue(force);
            string next = "A mosquitto that runs takes the new passwords with SIGHUP.";
            if (isKept)
            {
                RequireBoardsAlone(parsed, folder, [tls, listen, queue, account]);
            }
            else
            {
                MosquittoPlan plan = PlanOf(parsed.GetValue(tls), parsed.GetValue(listen), parsed.GetValue(queue), parsed.GetValue(account));
                WriteConfiguration(folder, plan);
                next = StartOf(folder, plan, parsed.GetValue(tls));
            }

            MosquittoPasswordFile passwords = WritePasswords(folder, parsed.GetValue(secrets) ?? []);
            Report(context, folder, passwords, isKept, next, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void RequireBoardsAlone(ParseResult parsed, MosquittoFolder folder, Option[] others)
    {
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw CliException.WrongUsage($"{given.Name} although {folder.Configuration} exists", "--secrets alone, which adds boards to it", "leave the option out, or write the configuration anew with --force: passwords stay");
        }
    }

    private static MosquittoPlan PlanOf(string? tls, string? listen, long queue, string? account)
    {
        string address = listen ?? (tls is null ? PlainAddress : SecuredAddress);
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endPoint) || endPoint.Port == 0)
        {
            throw CliException.WrongUsage($"--listen {address}", "an IP address and a port", $"write it as {SecuredAddress}");
        }

        if (tls is null && !IPAddress.IsLoopback(endPoint.Address))
        {
            throw CliException.WrongUsage($"--listen {address} without --tls", "TLS wherever others can reach the broker: boards send their credential", "make certificates with iotattest tls init, and pass --tls DIR");
        }

        string? certificate = tls is null ? null : new TlsFolder(Path.GetFullPath(tls)).Server;
        return certificate is null || File.Exists(certificate)
            ? new MosquittoPlan(endPoint, certificate, queue, account)
            : throw CliException.WrongUsage($"no file {certificate}", "a folder that tls init made", "correct the path");
    }

    private static string StartOf(MosquittoFolder folder, MosquittoPlan plan, string? tls) =>
        $"Start with: mosquitto -c {folder.Configuration}; iotattest serve --mqtt off --broker {(tls is null ? $"mqtt://{plan.Listen}" : $"mqtts://HOST:{plan.Listen.Port} --broker-ca {new TlsFolder(Path.GetFullPath(tls)).Root}")} --broker-credential-file {folder.Credential}";

    private static void WriteConfiguration(MosquittoFolder folder, MosquittoPlan plan)
    {
        folder.Create();
        OutputFile.WriteText(folder.Acl, MosquittoTexts.Acl(), isSecret: true, mayReplace: true);
        OutputFile.WriteText(folder.Configuration, MosquittoTexts.Configuration(plan, folder), isSecret: true, mayReplace: true);
    }

    private static MosquittoPasswordFile WritePasswords(MosquittoFolder folder, string[] secrets)
    {
        MosquittoPasswordFile passwords = MosquittoPasswordFile.Open(folder.Passwords);
        passwords.Set(MosquittoTexts.VerifierUser, VerifierPassword(folder));
        foreach ((string ueid, string credential) in secrets.SelectMany(BoardCredentials.Read))
        {
            passwords.Set(ueid, credential);
        }

        passwords.Write();
        return passwords;
    }

    // Made once: a verifier that runs holds it.
    private static string VerifierPassword(MosquittoFolder folder)
    {
        const string prefix = $"{MosquittoTexts.VerifierUser}:";
        if (!File.Exists(folder.Credential))
        {
            string password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
            OutputFile.WriteText(folder.Credential, $"{prefix}{password}\n", isSecret: true, mayReplace: false);
            return password;
        }

        string text = InputFile.ReadText(folder.Credential, MaxCredentialBytes).Trim();
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
            ? text[prefix.Length..]
            : throw CliException.DoesNotHold($"{folder.Credential}, which is not the credential of {MosquittoTexts.VerifierUser}", "the file that this command made", "delete it to have a new one made");
    }

    private static void Report(CliContext context, MosquittoFolder folder, MosquittoPasswordFile passwords, bool isKept, string next, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { configuration = folder.Configuration, isKept, acl = folder.Acl, passwords = folder.Passwords, credential = folder.Credential, users = passwords.Count, added = passwords.Added, changed = passwords.Changed });
            return;
        }

        context.Terminal.WriteFields(
            ("configuration", isKept ? $"{folder.Configuration}, left as it was" : folder.Configuration),
            ("access rules", folder.Acl),
            ("passwords", $"{folder.Passwords}: {passwords.Count} users, {passwords.Added} added, {passwords.Changed} changed"),
            ("verifier's credential", $"{folder.Credential}: whoever has it reads all evidence and answers boards"));
        context.Terminal.WriteLine(next);
    }
}
