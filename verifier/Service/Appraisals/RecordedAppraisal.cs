namespace IotAttest.Service.Appraisals;

/// <summary>What a row of history names of its appraisal.</summary>
/// <param name="Id">Row of appraisals: what boards of one group share.</param>
/// <param name="AtMs">The moment it holds for, in milliseconds since 1970 (UTC).</param>
internal sealed record RecordedAppraisal(long Id, long AtMs);
