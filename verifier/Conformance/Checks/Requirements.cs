namespace IotAttest.Conformance;

/// <summary>Every requirement that a check of this library names.</summary>
/// <remarks>Ids of ETSI EN 303 645 V3.1.3, of NIST IR 8425 (which names its outcomes by title), and of Regulation (EU) 2024/2847, Annex I:
/// <c>I(2)</c> with a letter for Part I point 2, <c>II</c> with a number for Part II. Which check supports which id is this project's judgement.</remarks>
public static class Requirements
{
    private const string Etsi = "EN 303 645 V3.1.3";
    private const string Nist = "NIST IR 8425";
    private const string Cra = "CRA Annex I";

    internal static readonly Requirement Updatable = new(Etsi, "5.3-1", "Components can be updated");
    internal static readonly Requirement SecureUpdate = new(Etsi, "5.3-2", "A secure update mechanism exists");
    internal static readonly Requirement UpdateCryptography = new(Etsi, "5.3-7", "Best-practice cryptography for updates");
    internal static readonly Requirement UpdateVerified = new(Etsi, "5.3-9", "Authenticity and integrity of updates are verified");
    internal static readonly Requirement UpdateTrust = new(Etsi, "5.3-10", "Updates are verified over a trust relationship");
    internal static readonly Requirement Designation = new(Etsi, "5.3-16", "The model is recognisable");
    internal static readonly Requirement SecretsStored = new(Etsi, "5.4-1", "Secrets are stored securely");
    internal static readonly Requirement IdentityResists = new(Etsi, "5.4-2", "A hard-coded identity resists tampering");
    internal static readonly Requirement UniqueKeys = new(Etsi, "5.4-4", "Keys are unique for each device");
    internal static readonly Requirement Cryptography = new(Etsi, "5.5-1", "Best-practice cryptography");
    internal static readonly Requirement ChangeDetected = new(Etsi, "5.7-2", "Unauthorised change is detected, reported and contained");
    internal static readonly Requirement Recovery = new(Etsi, "5.9-2", "Clean recovery after an interruption");
    internal static readonly Requirement Telemetry = new(Etsi, "5.10-1", "Telemetry is examined for anomalies");
    internal static readonly Requirement Erasure = new(Etsi, "5.11-1", "Data on the device can be erased");
    internal static readonly Requirement Asset = new(Nist, "Asset Identification", "The product and its components are identified");
    internal static readonly Requirement DataProtection = new(Nist, "Data Protection", "Data, keys among them, are protected");
    internal static readonly Requirement SoftwareUpdate = new(Nist, "Software Update", "Software is updated, and verified before that");
    internal static readonly Requirement StateAwareness = new(Nist, "Cybersecurity State Awareness", "Incidents are detected and recorded");
    internal static readonly Requirement CraUpdates = new(Cra, "I(2)(c)", "Vulnerabilities can be removed by security updates");
    internal static readonly Requirement CraIntegrity = new(Cra, "I(2)(f)", "Integrity of programs and configuration, corruption is reported");
    internal static readonly Requirement CraMonitoring = new(Cra, "I(2)(l)", "Recording and monitoring");
    internal static readonly Requirement CraRemoval = new(Cra, "I(2)(m)", "Data can be removed securely");
    internal static readonly Requirement CraSbom = new(Cra, "II(1)", "Components are documented in a bill of materials");
    internal static readonly Requirement CraDistribution = new(Cra, "II(7)", "Updates are distributed securely");

    /// <summary>All of them, in the order of the documents.</summary>
    public static IReadOnlyList<Requirement> All { get; } =
    [
        Updatable, SecureUpdate, UpdateCryptography, UpdateVerified, UpdateTrust, Designation, SecretsStored, IdentityResists, UniqueKeys, Cryptography,
        ChangeDetected, Recovery, Telemetry, Erasure, Asset, DataProtection, SoftwareUpdate, StateAwareness, CraUpdates, CraIntegrity, CraMonitoring,
        CraRemoval, CraSbom, CraDistribution,
    ];
}
