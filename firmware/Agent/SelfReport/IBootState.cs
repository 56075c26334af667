namespace IotAttest.Agent
{
    /// <summary>The facts of the present boot, which each board keeps in its own way.</summary>
    public interface IBootState
    {
        /// <summary>Makes the count of this boot durable; later calls of the same boot change nothing.</summary>
        /// <returns>False when that failed: then no evidence may leave the board, for a count must never be used twice.</returns>
        bool TryBegin();

        /// <summary>Number of boots, this one included; grows by at least one with each boot and survives factory reset.</summary>
        long BootCount { get; }

        /// <summary>16 random bytes of this boot.</summary>
        byte[] BootSeed { get; }

        /// <summary>Seconds since this boot; never falls within a boot.</summary>
        long UptimeSeconds { get; }
    }
}
