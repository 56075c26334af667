using System.CommandLine;
using System.Security.Cryptography;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Commands.Key;

/// <summary><c>key new</c>: a signing key for an organisation.</summary>
internal static class KeyNew
{
    private const string Es256 = "es256";

    public static Command Create(CliContext context)
    {
        Option<string> type = new Option<string>("--type") { Description = "The kind of key: es256 (ECDSA on P-256).", DefaultValueFactory = _ => Es256 }.AcceptOnlyFromAmong(Es256);
        Option<string> output = CommonOptions.Path("--out", "The private key (PEM, readable by you alone); the public one goes beside it: k.pem, k.pub.pem.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("new", "Makes a signing key.") { type, output, force, json };
        command.SetAction(parsed =>
        {
            Make(context, parsed.GetRequiredValue(output), parsed.GetValue(force), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Make(CliContext context, string path, bool mayReplace, bool asJson)
    {
        string publicPath = KeyFiles.PublicPathOf(path);
        OutputFile.RequireFree(mayReplace, path, publicPath);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        OutputFile.WriteText(path, $"{key.ExportPkcs8PrivateKeyPem()}\n", isSecret: true, mayReplace);
        OutputFile.WriteText(publicPath, $"{key.ExportSubjectPublicKeyInfoPem()}\n", isSecret: false, mayReplace);
        Report(context, path, publicPath, Kid.OfKey(key).ToString(), asJson);
    }

    private static void Report(CliContext context, string path, string publicPath, string kid, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { kid, type = Es256, privateKey = path, publicKey = publicPath });
            return;
        }

        context.Terminal.WriteFields(("kid", kid), ("private key", path), ("public key", publicPath));
    }
}
