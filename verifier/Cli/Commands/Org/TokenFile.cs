using System.Text;
using System.Text.Json;
using IotAttest.Cli.Files;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary>Where <c>--token-out</c> puts an API token.</summary>
internal static class TokenFile
{
    /// <summary>Asks for a token and stores it. The token is shown once: its file is there before it is asked for, so that it cannot get lost.</summary>
    /// <returns>The answer; a file is there only when the answer brought a token.</returns>
    public static async Task<JsonElement> ReceiveAsync(string path, bool mayReplace, Func<Task<JsonElement>> ask)
    {
        OutputFile.RequireFree(mayReplace, path);
        string aside = $"{path}.new";
        string? token = null;
        try
        {
            JsonElement answer;
            using (FileStream file = OutputFile.Create(aside, isSecret: true))
            {
                answer = await ask();
                token = JsonReport.Member(answer, "token");
                file.Write(Encoding.ASCII.GetBytes(token is null ? "" : $"{token}\n"));
                file.Flush(flushToDisk: true);
            }

            if (token is not null)
            {
                File.Move(aside, path, mayReplace);
            }

            return answer;
        }
        finally
        {
            if (token is null)
            {
                File.Delete(aside);
            }
        }
    }
}
