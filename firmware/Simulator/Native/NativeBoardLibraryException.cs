namespace IotAttest.Simulator;

/// <summary>A file is not the native board library of this version, or cannot be loaded here.</summary>
public sealed class NativeBoardLibraryException(string seen, string expected, Exception? inner = null)
    : Exception($"seen {seen}; expected {expected}", inner)
{
    public string Seen { get; } = seen;

    public string Expected { get; } = expected;
}
