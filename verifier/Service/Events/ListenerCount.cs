using IotAttest.Service.Problems;

namespace IotAttest.Service.Events;

/// <summary>Bounds how many listen at once: each keeps a connection and a loop.</summary>
internal sealed class ListenerCount
{
    public const int Max = 256;

    private int _count;

    /// <exception cref="ProblemException">429: too many listeners.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _count) > Max)
        {
            Interlocked.Decrement(ref _count);
            throw new ProblemException(Problem.Of(429, "TooManyListeners", "There are too many listeners.", $"{Max} open event streams", $"at most {Max}", "Close one, or ask for pages: Accept: application/json."));
        }

        return new Seat(this);
    }

    private sealed class Seat(ListenerCount listeners) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref listeners._count);
            }
        }
    }
}
