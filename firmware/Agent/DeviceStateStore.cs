using System;
using System.IO;

namespace IotAttest.Agent
{
    /// <summary>Keeps the device state in two files written in turn, so that a power cut leaves the old state or the new one.</summary>
    /// <remarks>The file with the newest whole state is never written to. A file system that reports a write as done and loses it later
    /// is not defended against. Reading and writing hash 12 to 16 blocks, about 80 ms on a board: once per boot.</remarks>
    public sealed class DeviceStateStore
    {
        /// <summary>Name of the one file.</summary>
        public const string FirstFile = "iotattest-a.bin";

        /// <summary>Name of the other.</summary>
        public const string SecondFile = "iotattest-b.bin";

        private readonly byte[] _record = new byte[StateRecord.Bytes + 1];
        private readonly IFileStore _files;
        private string _target;
        private long _sequence;

        /// <summary>Touches no file yet.</summary>
        public DeviceStateStore(IFileStore files)
        {
            _files = files;
        }

        /// <summary>Reads the newest whole state.</summary>
        /// <remarks>Where only one file is whole, the other may have been the newer one: its boot count is skipped, so that none is used twice.</remarks>
        /// <param name="state">The state after Ok; an empty one, to be provisioned, after None and Damaged; null after Failed.</param>
        public StateStatus Load(out DeviceState state)
        {
            state = null;
            _target = null;
            try
            {
                DeviceState first;
                DeviceState second;
                long firstSequence = ReadSlot(FirstFile, out first);
                long secondSequence = ReadSlot(SecondFile, out second);
                bool isFirstNewer = firstSequence > secondSequence;
                state = isFirstNewer ? first : second;
                _sequence = isFirstNewer ? firstSequence : secondSequence;
                if (state == null)
                {
                    state = new DeviceState();
                    _target = FirstFile;
                    return _files.Exists(FirstFile) || _files.Exists(SecondFile) ? StateStatus.Damaged : StateStatus.None;
                }

                _target = isFirstNewer ? SecondFile : FirstFile;
                bool isAlone = first == null || second == null;
                state.BootCount += isAlone && state.BootCount < long.MaxValue ? 1 : 0;
                return StateStatus.Ok;
            }
            catch (Exception)
            {
                // Boards throw IOException, NotSupportedException and the plain System.Exception for a file system that fails.
                state = null;
                return StateStatus.Failed;
            }
            finally
            {
                Wipe();
            }
        }

        /// <summary>Makes <paramref name="state"/> the newest one; <see cref="Load"/> has to come first.</summary>
        /// <returns>True once it was written and read back. After false the old state holds, unless the new one was whole all the same.</returns>
        public bool Save(DeviceState state)
        {
            if (_target == null || _sequence == long.MaxValue)
            {
                return false;
            }

            try
            {
                if (!StateRecord.Write(state, _sequence + 1, _record))
                {
                    return false;
                }

                WriteSlot();
                if (!IsWritten())
                {
                    return false;
                }
            }
            catch (Exception)
            {
                return false;
            }
            finally
            {
                Wipe();
            }

            _sequence++;
            _target = _target == FirstFile ? SecondFile : FirstFile;
            return true;
        }

        private void WriteSlot()
        {
            using (Stream stream = _files.Create(_target))
            {
                // In one call: a board opens, writes and closes the file for each.
                stream.Write(_record, 0, StateRecord.Bytes);
                stream.Flush();
            }
        }

        private bool IsWritten()
        {
            byte[] written = new byte[StateRecord.Bytes + 1];
            bool isSame = Fill(_target, written) == StateRecord.Bytes;
            for (int i = 0; i < StateRecord.Bytes; i++)
            {
                isSame = isSame && written[i] == _record[i];
                written[i] = 0;
            }

            return isSame;
        }

        private long ReadSlot(string name, out DeviceState state)
        {
            state = null;
            bool hasLength = _files.Exists(name) && Fill(name, _record) == StateRecord.Bytes;
            return hasLength ? StateRecord.Read(_record, out state) : 0;
        }

        // The array has room for one byte more than a state: a longer file shows by it.
        private int Fill(string name, byte[] buffer)
        {
            using (Stream stream = _files.OpenRead(name))
            {
                int length = 0;
                int count = 1;
                while (count > 0 && length < buffer.Length)
                {
                    count = stream.Read(buffer, length, buffer.Length - length);
                    length += count;
                }

                return length;
            }
        }

        private void Wipe()
        {
            Array.Clear(_record, 0, _record.Length);
        }
    }
}
