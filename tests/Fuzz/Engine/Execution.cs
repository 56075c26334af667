using System.Diagnostics;
using IotAttest.Fuzz.Tests.Targets;

namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>Runs one input and holds the target to its properties: no exception, the same answer again, bounded memory and time.</summary>
internal sealed class Execution(FuzzTarget target)
{
    private const int Repeats = 4;

    public double SlowestMicroseconds { get; private set; }

    public long LargestBytes { get; private set; }

    public long Accepted { get; private set; }

    /// <summary>Whether the last input was accepted.</summary>
    public Outcome Last { get; private set; }

    /// <param name="input">The bytes; never changed.</param>
    /// <param name="isThorough">Runs it a second time and compares; holds what was accepted to the target's own properties.</param>
    public Finding? Run(byte[] input, bool isThorough)
    {
        try
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Last = target.Decode(input);
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Accepted += Last.IsAccepted ? 1 : 0;
            return CheckMemory(input, allocated) ?? CheckTime(input, microseconds) ?? (isThorough ? CheckAgain(input) : null);
        }
#pragma warning disable CA1031 // Any exception at all is what this program looks for.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            return Escaped(input, escaped);
        }
    }

    private static Finding Escaped(byte[] input, Exception escaped)
    {
        string at = new StackTrace(escaped).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("IotAttest", StringComparison.Ordinal) == true) is { } method
            ? $"{method.DeclaringType!.FullName}.{method.Name}"
            : "outside";
        return new Finding($"{escaped.GetType().Name} {at}", escaped is BrokenPropertyException ? escaped.Message : $"{escaped.GetType().Name} in {at}: {escaped.Message}", input);
    }

    private Finding? CheckMemory(byte[] input, long allocated)
    {
        LargestBytes = Math.Max(LargestBytes, allocated);
        long bound = target.BaseBytes + (target.BytesPerByte * input.Length);
        return allocated <= bound ? null : new Finding("memory", $"{allocated} bytes allocated for {input.Length} bytes of input; the bound is {bound}", input);
    }

    // The scheduler, the garbage collector and the compiler take time too: what counts is the fastest of a few.
    private Finding? CheckTime(byte[] input, double microseconds)
    {
        if (microseconds <= SlowestMicroseconds)
        {
            return null;
        }

        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            target.Decode(input);
            microseconds = Math.Min(microseconds, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        SlowestMicroseconds = Math.Max(SlowestMicroseconds, microseconds);
        return microseconds <= target.BoundMicroseconds ? null : new Finding("time", $"{microseconds:F0} us for {input.Length} bytes of input; the bound is {target.BoundMicroseconds}", input);
    }

    private Finding? CheckAgain(byte[] input)
    {
        byte[] copy = [.. input];
        Outcome again = target.Decode(input);
        if (again != Last)
        {
            return new Finding("determinism", $"once {Last}, once {again}", input);
        }

        if (Last.IsAccepted)
        {
            target.CheckAccepted(input);
        }

        return input.AsSpan().SequenceEqual(copy) ? null : new Finding("input", "the decoder writes into its input", copy);
    }
}
