namespace IotAttest.Service.Events;

/// <summary>A page of events, oldest first. <c>Next</c> is the cursor to go on from, also when nothing is there yet.</summary>
internal sealed record EventPage(IReadOnlyList<EventView> Events, string Next);
