using IotAttest.Service.Events;

namespace IotAttest.Service.Registry;

/// <summary>Changes, oldest first; <paramref name="Next"/> is the cursor to go on from, also when there are none yet.</summary>
internal sealed record ChangesView(IReadOnlyList<EventView> Changes, string Next);
