namespace IotAttest.Cli.Bench;

/// <summary>What idle boards cost, and what happens when many come back at once.</summary>
/// <param name="Machine">This machine.</param>
/// <param name="At">When.</param>
/// <param name="Transport">"TCP" or "TLS 1.3" or what was spoken.</param>
/// <param name="Connections">Boards connected and subscribed, doing nothing.</param>
/// <param name="EmptyBytes">Resident memory of the verifier with these boards enrolled and none connected.</param>
/// <param name="ConnectedBytes">Resident memory with all of them connected.</param>
/// <param name="ConnectSeconds">Until the last was connected and subscribed.</param>
/// <param name="Storm">Connections that were cut and came back all at once.</param>
/// <param name="StormSeconds">Until the last of them was back.</param>
/// <param name="StormRetries">Attempts that failed on the way.</param>
/// <param name="Lost">Connections outside the storm that did not survive it: 0, or something is wrong.</param>
/// <param name="OpenFiles">How many files, and so connections, this machine lets one process have.</param>
internal sealed record ConnectionsReport(
    string Machine, DateTimeOffset At, string Transport, int Connections, long EmptyBytes, long ConnectedBytes, double ConnectSeconds, int Storm, double StormSeconds, int StormRetries, int Lost, long OpenFiles)
{
    public double BytesPerConnection => (ConnectedBytes - EmptyBytes) / (double)Connections;
}
