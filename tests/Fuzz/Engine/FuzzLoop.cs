using System.Diagnostics;
using IotAttest.Fuzz.Tests.Targets;
using Trace = IotAttest.Fuzz.Tests.Coverage.Trace;

namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>Mutates what is in the corpus and keeps whatever takes an edge that nothing took before.</summary>
internal sealed class FuzzLoop
{
    private const int MaxFindings = 20;
    private const int Newest = 64;
    private const int MaxCorpus = 20_000;
    private const int ThoroughEvery = 64;

    private readonly FuzzTarget _target;
    private readonly FuzzPlan _plan;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly Execution _execution;
    private readonly List<byte[]> _corpus = [];
    private readonly Dictionary<string, Finding> _findings = [];

    public FuzzLoop(FuzzTarget target, FuzzPlan plan)
    {
        _target = target;
        _plan = plan;
        _random = new Random(plan.Seed);
        _mutator = new Mutator(_random, target.Words, target.MaxInputBytes);
        _execution = new Execution(target);
    }

    public FuzzReport Run()
    {
        Trace.Reset();
        byte[][] seeds = [.. _target.Seeds];
        Warm(seeds);
        foreach (byte[] seed in seeds)
        {
            Try(seed, isThorough: true);
        }

        _corpus.Clear();
        _corpus.AddRange(seeds);
        int seedEdges = Trace.SeenEdges;
        Stopwatch clock = Stopwatch.StartNew();
        long executions = 0;
        for (; executions < _plan.Executions && clock.Elapsed < _plan.Time && _findings.Count < MaxFindings; executions++)
        {
            byte[] child = _mutator.Mutate(Pick(), _corpus[_random.Next(_corpus.Count)]);
            _target.Repair(child, _random);
            Try(child, isThorough: executions % ThoroughEvery == 0);
        }

        return new FuzzReport(
            _target.Name, _plan.Seed, executions, clock.Elapsed, seeds.Length, _corpus.Count, seedEdges, Trace.SeenEdges, _execution.Accepted, _execution.SlowestMicroseconds, _execution.LargestBytes, [.. _findings.Values]);
    }

    // Static constructors and caches are paid for once, by nobody's input.
    private void Warm(byte[][] seeds)
    {
        foreach (byte[] seed in seeds)
        {
            _target.Decode(seed);
        }
    }

    private byte[] Pick() => _random.Next(2) == 0 && _corpus.Count > Newest
        ? _corpus[_corpus.Count - 1 - _random.Next(Newest)]
        : _corpus[_random.Next(_corpus.Count)];

    private void Try(byte[] input, bool isThorough)
    {
        Trace.Begin();
        Finding? finding = _execution.Run(input, isThorough: false);
        if (Trace.TakeNew() > 0)
        {
            isThorough = true;
            if (_corpus.Count < MaxCorpus)
            {
                _corpus.Add(input);
            }
        }

        finding ??= isThorough ? _execution.Run(input, isThorough: true) : null;
        if (finding is not null && _findings.TryAdd(finding.Kind, finding))
        {
            Keep(finding);
        }
    }

    private void Keep(Finding finding)
    {
        if (_plan.Findings is { } folder)
        {
            Directory.CreateDirectory(folder);
            string name = string.Concat(finding.Kind.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
            File.WriteAllBytes(Path.Combine(folder, $"{_target.Name}-{name}"), finding.Input);
        }
    }
}
