namespace IotAttest.Service.Devices;

/// <summary>Some history, newest first; <paramref name="Next"/> is the cursor of older entries, null at the end.</summary>
internal sealed record HistoryPage(IReadOnlyList<HistoryItem> History, string? Next);

/// <summary>One change.</summary>
internal sealed record HistoryItem(
    string At, string? AsOf, string Conformity, IReadOnlyList<string> Drift, IReadOnlyList<string> Conditions, IReadOnlyList<string> Advisories, string? Build, string Policy, string? MeasuredSet, string Cause);
