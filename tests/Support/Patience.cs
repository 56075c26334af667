namespace IotAttest.Support;

/// <summary>How long a test waits for what has to come: long enough for a machine that does other work too, short enough that a run which hangs ends.</summary>
/// <remarks>Only what fails takes that long. How fast something has to be is another question, and is asked of <see cref="Pace"/>.</remarks>
public static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
}
