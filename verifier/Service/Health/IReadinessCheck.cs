namespace IotAttest.Service.Health;

/// <summary>One thing without which the verifier can do no work; every one that is registered must hold for <c>/readyz</c>.</summary>
internal interface IReadinessCheck
{
    /// <summary>What is wrong, or null. Everybody may read it: no paths, no names of inside; those go to the log.</summary>
    ValueTask<string?> FaultAsync();
}
