namespace IotAttest.Agent.Tests;

/// <summary>Files in memory whose power fails at a chosen step: each creation, byte, flush and closing is one, reading too.</summary>
internal sealed class MemoryFiles(PowerLoss loss = PowerLoss.Prefix, int seed = 1) : IFileStore
{
    private readonly Dictionary<string, byte[]> _durable = [];
    private readonly Random _random = new(seed);
    private Action? _lose;
    private int _open;
    private int _stepsLeft = int.MaxValue;

    public PowerLoss Loss { get; } = loss;

    public int Steps { get; private set; }

    public bool IsCut { get; private set; }

    public bool AreClosed => _open == 0;

    public string[] Names => [.. _durable.Keys.Order()];

    public void Put(string name, byte[] content) => _durable[name] = content;

    public byte[] Get(string name) => _durable[name];

    /// <summary>The power fails in the step after so many.</summary>
    public void CutAfter(int steps) => _stepsLeft = steps;

    /// <summary>Power again; open files are gone, and what was not finished is as the file system left it.</summary>
    public void Restore()
    {
        _lose?.Invoke();
        _lose = null;
        _open = 0;
        _stepsLeft = int.MaxValue;
        Steps = 0;
        IsCut = false;
    }

    public bool Exists(string name)
    {
        Step();
        return _durable.ContainsKey(name);
    }

    public Stream OpenRead(string name)
    {
        Step();
        _open++;
        return new Reading(this, _durable[name]);
    }

    public Stream Create(string name)
    {
        Step();
        _open++;
        Writing writing = new(this, name, _durable.GetValueOrDefault(name));
        _lose = writing.Lose;
        return writing;
    }

    private void Step()
    {
        Steps++;
        if (IsCut || _stepsLeft == 0)
        {
            IsCut = true;
            throw new IOException();
        }

        _stepsLeft--;
    }

    private sealed class Reading(MemoryFiles files, byte[] content) : MemoryStream(content, writable: false)
    {
        // Half of what was asked for: a stream may give less.
        public override int Read(byte[] buffer, int offset, int count)
        {
            files.Step();
            return base.Read(buffer, offset, (count + 1) / 2);
        }

        protected override void Dispose(bool disposing)
        {
            files._open--;
            base.Dispose(disposing);
        }
    }

    private sealed class Writing : MemoryStream
    {
        private readonly MemoryFiles _files;
        private readonly string _name;
        private readonly byte[]? _old;
        private bool _isFlushed;

        public Writing(MemoryFiles files, string name, byte[]? old)
        {
            (_files, _name, _old) = (files, name, old);
            Store();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _isFlushed = false;
            for (int i = 0; i < count; i++)
            {
                _files.Step();
                base.Write(buffer, offset + i, 1);
                Store();
            }
        }

        public override void Flush()
        {
            _files.Step();
            _isFlushed = true;
            _files._durable[_name] = ToArray();
        }

        public void Lose()
        {
            if (_files.Loss == PowerLoss.Scattered && !_isFlushed)
            {
                byte[] content = ToArray();
                Random random = _files._random;
                for (int i = 0; i < content.Length; i++)
                {
                    content[i] = random.Next(3) switch { 0 => content[i], 1 => 0xFF, _ => i < _old?.Length ? _old[i] : (byte)0 };
                }

                _files._durable[_name] = content;
            }
        }

        protected override void Dispose(bool disposing)
        {
            _files._open--;
            if (disposing)
            {
                _files.Step();
                _files._lose = null;
            }

            base.Dispose(disposing);
        }

        private void Store()
        {
            if (_files.Loss == PowerLoss.Prefix)
            {
                _files._durable[_name] = ToArray();
            }
        }
    }
}
