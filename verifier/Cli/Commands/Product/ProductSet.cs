using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Product;

/// <summary><c>product set</c>: a maker says what a product is; the file takes the place of what was said before.</summary>
internal static class ProductSet
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> classId = ProductReport.ClassArgument();
        Option<string> file = CommonOptions.Path("--file", "The description, as JSON; see: product show --description.");
        Option<string> reason = CommonOptions.Text("--reason", "Why; everybody can read it.");
        Option<string?> manufacturer = CommonOptions.OptionalText("--manufacturer", "For the operator: whose class it is.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("set", "Describes a product, or describes it anew.") { classId, file, reason, manufacturer, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            JsonObject description = ProductFile.Read(parsed.GetRequiredValue(file));
            description["reason"] = parsed.GetRequiredValue(reason);
            if (parsed.GetValue(manufacturer) is { } named)
            {
                description["manufacturer"] = named;
            }

            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PutAsync(ProductReport.PathOf(parsed.GetRequiredValue(classId)), description, cancellation);
            ProductReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
