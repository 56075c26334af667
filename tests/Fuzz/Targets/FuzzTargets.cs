namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>All targets, by the name that the command line knows.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new EvidenceTarget(), new ClaimsTarget(), new ChallengeTarget(), new ResultTarget(), new MqttTarget(),
        new SignedCorimTarget(), new ManifestTarget(), new CertificateTarget(), new CorimDocumentTarget(), new StatementTarget(), new RevocationListTarget(),
        new AssemblyTarget(), new EspImageTarget(), new PartitionTableTarget(),
        new EnrolmentTarget(), new RequestTarget(), new BoardTarget(), new SbomTarget(), new AdvisoryTarget(), new PolicyTarget(), new ReportTarget(),
    ];
}
