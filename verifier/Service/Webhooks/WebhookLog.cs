using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Webhooks;

/// <summary>What the log says of webhooks (7100s). Never the address: it may hold a secret of the receiver.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(7101, LogLevel.Warning, "Webhook {Webhook} did not take event {Event}, attempt {Attempt}: {Error}")]
    public static partial void DeliveryFailed(this ILogger logger, string webhook, long @event, long attempt, string error);

    [LoggerMessage(7102, LogLevel.Error, "Deliveries of webhooks stand still: {Reason}")]
    public static partial void DeliveryNotStored(this ILogger logger, string reason);
}
