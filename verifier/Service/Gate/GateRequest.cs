using IotAttest.Domain.Gate;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Gate;

/// <summary>Which boards, and how strictly: <c>{"ueids":[...],"mode":"enforce"}</c>.</summary>
internal sealed record GateRequest(IReadOnlyList<string> Ueids, GateMode Mode)
{
    public const int MaxBoards = 1000;

    private const int UeidDigits = 34;

    /// <exception cref="ProblemException">No board, too many, one twice, or an unknown mode.</exception>
    public static GateRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "ueids", "mode");
        string[] ueids = fields.Texts("ueids", MaxBoards, UeidDigits);
        if (ueids.Length == 0)
        {
            throw fields.Wrong("ueids", "missing or empty", $"1 to {MaxBoards} UEIDs");
        }

        if (ueids.Distinct(StringComparer.Ordinal).Count() != ueids.Length)
        {
            throw fields.Wrong("ueids", "a list that names a board twice", "each board once");
        }

        return new GateRequest(ueids, ParseMode(fields));
    }

    private static GateMode ParseMode(RequestFields fields) => fields.OptionalText("mode", 16) switch
    {
        null or "enforce" => GateMode.Enforce,
        "warn" => GateMode.Warn,
        "observe" => GateMode.Observe,
        string other => throw fields.Wrong("mode", $"\"{other}\"", "observe, warn or enforce (when left out)"),
    };
}
