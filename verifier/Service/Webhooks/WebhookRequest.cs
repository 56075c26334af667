using IotAttest.Service.Events;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Webhooks;

/// <summary>The body that makes a webhook: <c>{"url":"https://...","types":["device.verdict"]}</c>.</summary>
internal sealed record WebhookRequest(Uri Url, IReadOnlyList<string> Types)
{
    private const int MaxUrlLength = 500;

    /// <exception cref="ProblemException">No URL that this verifier will call, or an unknown type.</exception>
    public static WebhookRequest Parse(ReadOnlyMemory<byte> json, WebhookTarget target)
    {
        using RequestFields fields = RequestFields.Parse(json, "url", "types");
        string text = fields.Text("url", MaxUrlLength);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || target.Refusal(url) is not null)
        {
            throw fields.Wrong("url", "no address that this verifier will call", WebhookTarget.Expected);
        }

        string[] types = fields.Texts("types", EventTypes.All.Count, 40);
        EventQuery.ParseTypes(string.Join(',', types));
        return new WebhookRequest(url, types);
    }
}
