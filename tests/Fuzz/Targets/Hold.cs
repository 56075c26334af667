using IotAttest.Fuzz.Tests.Engine;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Properties of accepted inputs.</summary>
internal static class Hold
{
    public static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string property)
    {
        if (!expected.SequenceEqual(actual))
        {
            throw new BrokenPropertyException(property);
        }
    }

    public static void True(bool holds, string property)
    {
        if (!holds)
        {
            throw new BrokenPropertyException(property);
        }
    }
}
