namespace IotAttest.Service.Devices;

/// <summary>Some history, newest first; <paramref name="Next"/> is the cursor of older entries, null at the end.</summary>
internal sealed record HistoryPage(IReadOnlyList<HistoryItem> History, string? Next);

/// <summary>One change. <c>Appraisal</c> is its id for a replay, <c>Policy</c> the policy of every board, <c>Policies</c> all that decided.</summary>
internal sealed record HistoryItem(
    string Appraisal, string At, string? AsOf, string Conformity, IReadOnlyList<string> Drift, IReadOnlyList<string> Conditions, IReadOnlyList<string> Advisories, string? Build, string Policy, IReadOnlyList<string> Policies, string? MeasuredSet, string Cause);
