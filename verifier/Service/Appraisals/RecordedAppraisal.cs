namespace IotAttest.Service.Appraisals;

/// <summary>What a row of history keeps of its appraisal beside the facts.</summary>
/// <param name="ExtractId">Row of appraisal_extracts.</param>
/// <param name="AppraisedAt">Milliseconds since 1970 (UTC).</param>
/// <param name="VerdictDigest">Names everything the verdict said.</param>
internal sealed record RecordedAppraisal(long ExtractId, long AppraisedAt, byte[] VerdictDigest);
