using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Protocol;

namespace IotAttest.Bench;

/// <summary>A measured set against the builds of its manufacturer, and the verdict that follows.</summary>
public class MatchBenchmarks
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly Guid ClassId = Guid.NewGuid();

    private readonly DeviceIdentity _device = new("01" + new string('a', 32), 1, DeviceKeyKind.P256, OemId.OfNumber(32473), ClassId, EvidenceStrength.Native, FreshnessMode.Challenge, "bench");
    private ManufacturerReference _reference = null!;
    private MeasuredSet _known = null!;
    private MeasuredSet _unknown = null!;
    private DeviceFacts _facts = null!;

    [Params(10, 100_000)]
    public int Builds { get; set; }

    [GlobalSetup]
    public void Submit()
    {
        ReferenceBuild[] builds = [.. Enumerable.Range(0, Builds).Select(Build)];
        _reference = new ManufacturerReference(builds);
        _known = SetOf(Builds / 2);
        _unknown = SetOf(-1);
        _facts = DeviceFacts.New with { AsOf = Now, Measured = _known };
    }

    [Benchmark]
    public BuildMatch Known() => _reference.Match(ClassId, _known);

    [Benchmark]
    public BuildMatch Unknown() => _reference.Match(ClassId, _unknown);

    [Benchmark]
    public Verdict Appraise() => Appraiser.Appraise(_device, _facts, _reference, AppraisalPolicy.Default, Now);

    private static ReferenceBuild Build(int number)
    {
        CoveringCertificate certificate = new($"C-{number}", SchemeLevels.OpenScheme, "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Now.AddDays(-1), Now.AddDays(1));
        return new ReferenceBuild($"build-{number}", ClassId, "bench", $"1.0.{number}", 1, SetOf(number), [certificate]);
    }

    private static MeasuredSet SetOf(int number) => new(
        new[] { EvidenceProfile.Bootloader, EvidenceProfile.Partitions, EvidenceProfile.Clr, EvidenceProfile.Deployment }
            .Select(name => new MeasuredComponent(name, SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{name} {number}")))));
}
