namespace IotAttest.Architecture.Tests.Nano;

internal delegate void AcceptedHandler(int value);

/// <summary>Code that boards run well, close to what is refused: an own delegate, an event, a lock, jagged arrays, wrapping sums.</summary>
internal sealed class AcceptedFixture
{
    private static readonly int[][] Jagged = [[1, 2], [3]];
    private readonly object _gate = new();

    public event AcceptedHandler? Changed;

    public int Sum(int left, int right)
    {
        lock (_gate)
        {
            int sum = unchecked(left + right) + Jagged[0][1];
            Changed?.Invoke(sum);
            return sum;
        }
    }

    public string Text(string name) => name + "-" + name.Length.ToString();
}
