using System.CommandLine;
using IotAttest.Protocol;

namespace IotAttest.Cli.Options;

/// <summary>The argument that names a board.</summary>
internal static class UeidArgument
{
    public static Argument<string> Create()
    {
        Argument<string> ueid = new("UEID") { Description = "34 hex digits that start with 01." };
        ueid.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (Ueid.FromHex(text) is null)
            {
                result.AddError($"'{text}' is no UEID: 34 lower-case hex digits that start with 01");
            }
        });
        return ueid;
    }
}
