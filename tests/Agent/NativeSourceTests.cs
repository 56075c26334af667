using System.Text.RegularExpressions;

using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>Evidence from the native module.</summary>
public sealed partial class NativeSourceTests
{
    private readonly FakeNativeModule _module = new();
    private readonly byte[] _nonce = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private readonly byte[] _output = new byte[2048];

    public static TheoryData<int, EvidenceStatus> Answers => new()
    {
        { 2, EvidenceStatus.MeasurementFailed },
        { 3, EvidenceStatus.ModuleFailed },
        { 4, EvidenceStatus.ModuleFailed },
        { 5, EvidenceStatus.ModuleFailed },
        { 6, EvidenceStatus.ModuleFailed },
        { 7, EvidenceStatus.ModuleFailed },
        { 8, EvidenceStatus.MeasurementFailed },
        { 9, EvidenceStatus.MeasurementFailed },
        { 10, EvidenceStatus.BootStateLost },
        { 11, EvidenceStatus.BootStateLost },
        { 12, EvidenceStatus.ClaimsRefused },
        { 13, EvidenceStatus.MeasurementChanged },
        { 14, EvidenceStatus.MeasurementChanged },
        { 15, EvidenceStatus.AssemblyOutside },
        { 16, EvidenceStatus.AuthenticationFailed },
        { 17, EvidenceStatus.ClaimsRefused },
        { 18, EvidenceStatus.NotProvisioned },
        { 19, EvidenceStatus.ModuleFailed },
        { -1, EvidenceStatus.ModuleFailed },
    };

    [Fact]
    public void A_challenge_is_taken_measured_in_steps_and_finished()
    {
        EvidenceStatus status = Produce(out int length);

        Assert.Equal((EvidenceStatus.Ok, 2), (status, length));
        Assert.Equal(_module.Evidence, _output[..2]);
        Assert.Equal(_nonce, _module.Challenge);
        Assert.Equal(["begin", "step", "step", "step", "step", "finish"], _module.Calls);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_error_of_the_module_is_an_error_of_the_source_at_each_call(int error, EvidenceStatus expected)
    {
        Assert.Equal(expected, new NativeEvidenceSource(new FakeNativeModule { UeidAnswer = error }).Begin());
        Assert.Equal(expected, ProduceWith(new FakeNativeModule { BeginAnswer = error }));
        Assert.Equal(expected, ProduceWith(new FakeNativeModule { StepAnswer = error }));
        Assert.Equal(expected, ProduceWith(new FakeNativeModule { FinishAnswer = error > 0 ? -error : int.MinValue + 1 }));
    }

    [Fact]
    public void The_numbers_are_those_of_the_module()
    {
        string header = File.ReadAllText(Path.Combine(SharedData.Repository, "firmware", "Interop", "native", "core", "error.h"));
        Dictionary<string, int> native = ErrorLine().Matches(header).ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Dictionary<string, int> managed = typeof(NativeError).GetFields().ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

        Assert.Equal(native.Where(pair => managed.ContainsKey(pair.Key)).ToDictionary(), managed);
        Assert.Equal(native.Values.Order(), Answers.Select(row => (int)row[0]).Where(error => error is > 0 and < 19).Append(0).Append(1).Order());
    }

    [Fact]
    public void Without_a_module_there_is_no_evidence()
    {
        _module.IsAbsent = true;

        Assert.Equal(EvidenceStatus.ModuleMissing, new NativeEvidenceSource(_module).Begin());
        Assert.Equal(EvidenceStatus.ModuleMissing, Produce(out int length));
        Assert.Equal(0, length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2049)]
    [InlineData(int.MinValue)]
    public void A_length_that_cannot_be_is_no_evidence(int answer)
    {
        _module.FinishAnswer = answer;

        Assert.Equal(EvidenceStatus.ModuleFailed, Produce(out int length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void A_module_that_never_ends_is_left_after_65536_steps()
    {
        _module.Steps = int.MaxValue;
        int steps = 0;
        NativeEvidenceSource source = new(new EndlessModule(() => steps++));

        Assert.Equal(EvidenceStatus.ModuleFailed, source.Produce(_nonce, _output, out _));
        Assert.Equal(65536, steps);
    }

    [Fact]
    public void After_an_error_the_next_challenge_is_answered()
    {
        NativeEvidenceSource source = new(_module);
        _module.BeginAnswer = 13;
        Assert.Equal(EvidenceStatus.MeasurementChanged, source.Produce(_nonce, _output, out _));
        _module.BeginAnswer = 0;

        Assert.Equal(EvidenceStatus.Ok, source.Produce(_nonce, _output, out _));
    }

    private static EvidenceStatus ProduceWith(FakeNativeModule module) =>
        new NativeEvidenceSource(module).Produce(new byte[32], new byte[2048], out _);

    private EvidenceStatus Produce(out int length) => new NativeEvidenceSource(_module).Produce(_nonce, _output, out length);

    [GeneratedRegex(@"^\s*(\w+) = (\d+),", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    private sealed class EndlessModule(Action onStep) : INativeModule
    {
        public int ReadUeid(byte[] ueid) => 0;

        public int Begin(byte[] challenge) => 0;

        public int Step()
        {
            onStep();
            return 1;
        }

        public int Finish(byte[] evidence) => 1;
    }
}
