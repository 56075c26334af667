using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Product;

/// <summary>What the commands about products share.</summary>
internal static class ProductReport
{
    public static Argument<Guid> ClassArgument() => new("CLASS") { Description = "Class of the product model, as in board.json." };

    public static string PathOf(Guid classId) => $"/v1/products/{classId:D}";

    /// <summary>The plain members, then a line for each warning.</summary>
    public static void Write(Terminal terminal, JsonElement answer, bool asJson)
    {
        JsonReport.Write(terminal, answer, asJson);
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("warnings", out JsonElement warnings) || warnings.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement warning in warnings.EnumerateArray())
        {
            terminal.WriteWarning(JsonReport.Member(warning, "text") ?? "a warning without words");
        }
    }
}
