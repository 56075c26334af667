namespace IotAttest.Service.Events;

/// <summary>One event as others get it. <c>Id</c> grows and is never used twice: it is the cursor.</summary>
internal sealed record EventView(string Id, string Type, string At, object Data);
