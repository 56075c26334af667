namespace IotAttest.Service.Webhooks;

/// <summary>The webhooks of an organisation.</summary>
internal sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks);

/// <summary>Events that a webhook never took, oldest first; replay from before the first brings them again.</summary>
internal sealed record DeadLetterList(IReadOnlyList<DeadLetterView> DeadLetters);

/// <summary>One event that was given up, and what the last attempt met.</summary>
internal sealed record DeadLetterView(string Event, string At, string Error);
