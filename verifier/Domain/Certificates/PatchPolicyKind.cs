namespace IotAttest.Domain.Certificates;

/// <summary>What a certificate says about later builds that no certificate names yet. The numbers stand in signed certificates.</summary>
public enum PatchPolicyKind
{
    /// <summary>They are pending until they are certified.</summary>
    None = 0,

    /// <summary>The body assessed how the manufacturer makes patches: a patch stays covered for a number of days.</summary>
    AssessedProcess = 1,

    /// <summary>A patch stays covered for as long as the certificate is in force.</summary>
    Open = 2,
}
