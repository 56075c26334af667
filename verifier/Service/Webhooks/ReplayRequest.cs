using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Webhooks;

/// <summary>From where to send again: <c>{"since":"1042"}</c>, the id of the last event that need not come again; "0" for all.</summary>
internal static class ReplayRequest
{
    /// <exception cref="ProblemException">No cursor, or one that lies ahead.</exception>
    public static long Parse(ReadOnlyMemory<byte> json, long newest)
    {
        using RequestFields fields = RequestFields.Parse(json, "since");
        string text = fields.Text("since", 20);
        return Paging.Parse(null, text).Cursor is { } since && since <= newest
            ? since
            : throw fields.Wrong("since", "a cursor ahead of all events", $"0 to {newest}");
    }
}
