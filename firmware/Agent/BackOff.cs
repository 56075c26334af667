using System;

namespace IotAttest.Agent
{
    /// <summary>Pauses between attempts: doubling up to a bound, with jitter so that a fleet does not come back as one.</summary>
    public sealed class BackOff
    {
        private readonly int _minMs;
        private readonly int _maxMs;
        private readonly Random _random = new Random();
        private int _currentMs;

        /// <summary>Takes the shortest and the longest pause in ms, the former at least 1.</summary>
        public BackOff(int minMs, int maxMs)
        {
            _minMs = minMs;
            _maxMs = maxMs;
            _currentMs = minMs;
        }

        /// <summary>Goes back to the shortest pause, after a success.</summary>
        public void Reset()
        {
            _currentMs = _minMs;
        }

        /// <summary>The next pause in ms, between half of the present step and all of it; the step then doubles.</summary>
        public int NextMs()
        {
            int pauseMs = Jitter(_currentMs);
            _currentMs = _currentMs > _maxMs / 2 ? _maxMs : _currentMs * 2;
            return pauseMs;
        }

        /// <summary>The slowest pause in ms, for what a quick retry cannot heal; later pauses stay there.</summary>
        public int LongestMs()
        {
            _currentMs = _maxMs;
            return Jitter(_maxMs);
        }

        private int Jitter(int milliseconds)
        {
            int half = milliseconds / 2;
            return milliseconds - _random.Next(half + 1);
        }
    }
}
