using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>The facts of one boot; the count lies in a file and is durable before the first evidence of the boot.</summary>
internal sealed class BootCounter : IBootState
{
    public const string FileName = "boot-count";

    private readonly string _path;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    public BootCounter(string folder) => _path = Path.Combine(folder, FileName);

    /// <summary>0 until <see cref="TryBegin"/> succeeded.</summary>
    public long BootCount { get; private set; }

    public byte[] BootSeed { get; } = RandomNumberGenerator.GetBytes(EvidenceProfile.BootSeedBytes);

    public long UptimeSeconds => (long)Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;

    public bool TryBegin()
    {
        if (BootCount > 0)
        {
            return true;
        }

        try
        {
            long last = File.Exists(_path) ? Parse(File.ReadAllText(_path)) : 0;
            if (last is < 0 or long.MaxValue)
            {
                return false;
            }

            DurableFile.Write(_path, Encoding.ASCII.GetBytes((last + 1).ToString(CultureInfo.InvariantCulture)));
            BootCount = last + 1;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A file with anything else in it is damage: a board that then counted from 1 would look like a clone of itself.
    private static long Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : -1;
}
