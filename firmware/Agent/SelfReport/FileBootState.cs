using System;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>The boot facts of a self-reported board; the count lies in the device state.</summary>
    /// <remarks>Each start of the application counts, after a restart of the CLR alone too. The count survives what the file system
    /// survives: not the erasure of the partition that holds it, nor an old copy of the files put back.</remarks>
    public sealed class FileBootState : IBootState
    {
        private readonly byte[] _seed = new byte[EvidenceProfile.BootSeedBytes];
        private readonly long _startedAtMs = Environment.TickCount64;
        private readonly DeviceStateStore _store;
        private readonly DeviceState _state;
        private bool _isCounted;

        /// <summary>Takes the state that <paramref name="store"/> loaded; counts nothing yet.</summary>
        public FileBootState(DeviceStateStore store, DeviceState state)
        {
            _store = store;
            _state = state;
        }

        /// <inheritdoc/>
        public long BootCount
        {
            get { return _state.BootCount; }
        }

        /// <inheritdoc/>
        public byte[] BootSeed
        {
            get { return _seed; }
        }

        /// <inheritdoc/>
        public long UptimeSeconds
        {
            get { return (Environment.TickCount64 - _startedAtMs) / 1000; }
        }

        /// <inheritdoc/>
        public bool TryBegin()
        {
            if (_isCounted)
            {
                return true;
            }

            if (_state.BootCount == long.MaxValue)
            {
                return false;
            }

            _state.BootCount++;
            if (!_store.Save(_state))
            {
                _state.BootCount--;
                return false;
            }

            // By now the network was up: an ESP32 has true randomness only while its radio is on.
            new Random().NextBytes(_seed);
            _isCounted = true;
            return true;
        }
    }
}
