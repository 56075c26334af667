using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>A board on a PC: the very agent sources of the real ones, over a flash image file.</summary>
/// <remarks>A write to flash while the board runs does what it does on a board whose native module guards its
/// measurements: no evidence comes any more until <see cref="Reboot"/>, and then the new content is measured.</remarks>
public sealed class SimulatedBoard : IDisposable
{
    // An idle agent needs little stack; two thousand of the default size would be reserved for nothing.
    private const int StackBytes = 256 * 1024;

    private SimulatedBoardOptions _options;
    private readonly Lock _gate = new();
    private PoweredBoard? _powered;

    /// <summary>A board that is switched off.</summary>
    /// <exception cref="ArgumentException">Flash is missing on a board that measures it, or a self-reported board has a native module.</exception>
    public SimulatedBoard(SimulatedBoardOptions options)
    {
        if (options.Strength != EvidenceStrength.SelfReported && options.Flash is null)
        {
            throw new ArgumentException($"A board with evidence strength {options.Strength} measures flash: give it one, or make it {EvidenceStrength.SelfReported}.", nameof(options));
        }

        if (options.Strength == EvidenceStrength.SelfReported && options.NativeLibrary is not null)
        {
            throw new ArgumentException("A self-reported board has no native module: give it another strength, or no library.", nameof(options));
        }

        _options = options;
        Directory.CreateDirectory(options.DataFolder);
    }

    /// <summary>Raised for each status of the agent, on the agent's thread.</summary>
    public event EventHandler<BoardStatusEventArgs>? StatusChanged;

    /// <summary>The UEID as 34 lower-case hex digits.</summary>
    public string UeidHex => _options.Identity.UeidHex;

    /// <summary>The last status; Stopped while the board is switched off.</summary>
    public AgentStatus Status => Powered?.Agent.Status ?? AgentStatus.Stopped;

    /// <summary>The last result since the board was made, or null.</summary>
    public ResultSummary? LastResult { get; private set; }

    private SimulatedFlash Flash =>
        _options.Flash ?? throw new InvalidOperationException("A self-reported board without flash has no regions to write to.");

    private PoweredBoard? Powered
    {
        get
        {
            lock (_gate)
            {
                return _powered;
            }
        }
    }

    /// <summary>Switches the board on; does nothing when it is on.</summary>
    /// <exception cref="ArgumentException">The agent refuses its options, or the native module such a board.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_powered is not null)
            {
                return;
            }

            PoweredBoard powered = PoweredBoard.Create(_options);
            powered.Agent.StatusChanged += OnStatus;
            powered.Start(StackBytes);
            _powered = powered;
        }
    }

    /// <summary>Switches the board off and waits until it is.</summary>
    public void Stop()
    {
        PoweredBoard? powered;
        lock (_gate)
        {
            powered = _powered;
            _powered = null;
        }

        powered?.Dispose();
    }

    /// <summary>Makes the agent stop soon; <see cref="Stop"/> then waits only for its rest. For whole fleets.</summary>
    public void RequestStop() => Powered?.Agent.RequestStop();

    /// <summary>Off and on again: a new boot with a higher count and a new seed.</summary>
    public void Reboot()
    {
        Stop();
        Start();
    }

    /// <summary>Writes bytes into a measured region, as an intruder or a careless update would.</summary>
    /// <param name="region">The component name.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="bytes">What to write; it must end within the region.</param>
    public void WriteFlash(string region, int offset, ReadOnlySpan<byte> bytes)
    {
        FlashRegion target = Flash.Region(region);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)offset + bytes.Length, target.Size, nameof(bytes));
        Flash.Write(target.Offset + offset, bytes);
    }

    /// <summary>Erases a measured region and writes bytes to its start, as a flashing tool does.</summary>
    public void FlashRegion(string region, ReadOnlySpan<byte> bytes)
    {
        FlashRegion target = Flash.Region(region);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, target.Size, nameof(bytes));
        byte[] content = new byte[target.Size];
        Array.Fill(content, FlashImage.Erased);
        bytes.CopyTo(content);
        Flash.Write(target.Offset, content);
    }

    /// <summary>Erases the attestation key for good and starts the board anew: its agent then has nothing to say.</summary>
    /// <exception cref="InvalidOperationException">The native library keeps the key.</exception>
    public void EraseKey()
    {
        if (_options.NativeLibrary is not null)
        {
            throw new InvalidOperationException("The key of a board with a native library lies in the library: make the board without one.");
        }

        Stop();
        lock (_gate)
        {
            _options = _options with { IsKeyErased = true };
        }

        Start();
    }

    public void Dispose() => Stop();

    private void OnStatus(AttestationAgent agent, AgentStatus status, ResultSummary? result)
    {
        LastResult = result ?? LastResult;
        StatusChanged?.Invoke(this, new BoardStatusEventArgs(status, result));
    }
}
